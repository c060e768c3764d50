"""Lists written to workbooks, against a query and XlsxWriter without a program around them; and the forms for units."""

from __future__ import annotations

from pathlib import Path

import prepare
from measure import Candidate, Figure, piped, race

LIMIT = 1.3
ROUNDS = 11
BARE = Path(__file__).with_name("bare_xlsx.py")
OURS, THEIRS = prepare.DATA / "ours.xlsx", prepare.DATA / "theirs.xlsx"
MEMBERS = (
    "SELECT m.code, m.name, m.sex, born_on, id_number, u.code, joined_on, status, post, rank, leader, c.code, m.phone,"
    " left_on FROM member m JOIN unit u ON u.id = m.unit_id LEFT JOIN category c ON c.id = m.category_id"
    " ORDER BY u.code, m.code"
)
UNITS = (
    "SELECT u.code, u.name, p.code, u.kind, s.code, b.code, u.chief, u.phone, u.starts_on, u.shift_reason,"
    " u.declared_members, u.closed_on FROM unit u LEFT JOIN unit p ON p.id = u.parent_id"
    " LEFT JOIN sector s ON s.id = u.sector_id LEFT JOIN batch b ON b.id = u.batch_id ORDER BY u.code"
)


def figures() -> list[Figure]:
    prepare.demo()
    advedu = (prepare.ADVEDU, "--db", prepare.DEMO)
    bare = (prepare.PYTHON, BARE, prepare.DEMO)
    times = race(
        {
            "member list, xlsx": Candidate(piped(*advedu, "member", "list", "--output", OURS)),
            "bare XlsxWriter, members": Candidate(piped(*bare, MEMBERS, THEIRS)),
            "unit list, xlsx": Candidate(piped(*advedu, "unit", "list", "--output", OURS)),
            "bare XlsxWriter, units": Candidate(piped(*bare, UNITS, THEIRS)),
            "template members, whole district": Candidate(piped(*advedu, "template", "members", "--output", OURS)),
        },
        ROUNDS,
    )
    return [
        times.versus("member list, xlsx", "bare XlsxWriter, members", LIMIT),
        times.versus("unit list, xlsx", "bare XlsxWriter, units", LIMIT),
        times.versus("template members, whole district", "bare XlsxWriter, members"),
    ]
