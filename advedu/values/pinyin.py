"""Names by their sound: what was typed as pinyin or initials → which names it may mean.

How a character is read stands in `readings.txt`, made from pypinyin by `tools/readings.py`. Names themselves are never
turned into pinyin: what was typed is held against the readings of their characters, so that nothing has to be stored,
nothing can be out of date, and a character with two readings is found by both.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("readings.txt")
# How well a name fits: the whole of it, its beginning, something in it.
WHOLE, BEGINNING, INSIDE = 0, 1, 2
# One letter says too little.
LEAST = 2
# What people type for ü.
_U_UMLAUT = {"lv": ("lv", "lu", "lyu"), "nv": ("nv", "nu", "nyu"), "lve": ("lve", "lue"), "nve": ("nve", "nue")}
_DOUBLE = ("zh", "ch", "sh")


@cache
def _lines() -> list[tuple[str, str]]:
    """Return the lines of the file: a syllable and its characters, or = with a surname and its readings."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [(first, rest) for first, _, rest in (line.partition(" ") for line in lines) if first != "#"]


def readings(letters: str) -> dict[str, tuple[str, ...]]:
    """Return the readings of characters that begin with one of some letters; most calls need a fraction of them all."""
    chars: dict[str, tuple[str, ...]] = {}
    for syllable, rest in _lines():
        if syllable[0] in letters:
            sounds = _U_UMLAUT.get(syllable, (syllable,))
            these = dict.fromkeys(rest, sounds)
            for char in these.keys() & chars.keys():
                these[char] = chars[char] + sounds
            chars.update(these)
    return chars


@cache
def surnames() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the surnames that are read in a way of their own: for each of their characters its readings."""
    return {
        first[1:]: tuple(zip(*(reading.split("'") for reading in rest.split()), strict=True))
        for first, rest in _lines()
        if first[0] == "="
    }


def typed(text: str) -> str | None:
    """Return what was typed in the shape that is compared, or None where it can be no pinyin."""
    key = "".join(text.split()).casefold().replace("'", "").replace("ü", "v")
    return key if len(key) >= LEAST and key.isascii() and key.isalnum() and not key.isdigit() else None


class Sound:
    """What somebody typed as pinyin: syllables, initials, or both mixed, the last one perhaps unfinished."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.chars, self.surnames = readings("".join(set(key))), surnames()
        # The characters a name must have one of: a look that costs next to nothing.
        self.leads = {char for char, sounds in self.chars.items() if any(each[0] == key[0] for each in sounds)}
        self.leads |= {char for name in self.surnames for char in name} | {key[0], key[0].upper()}

    def fits(self, name: str, *, person: bool = False) -> int | None:
        """Return how a name fits (`WHOLE`, `BEGINNING`, `INSIDE`), or None when it does not.

        The name of a `person` begins with a surname, which has its own reading.
        """
        if self.leads.isdisjoint(name):
            return None
        sounds = self._sounds(name, person=person)
        for start in range(len(sounds)):
            end = self._end(sounds, start)
            if end is not None and start:
                return INSIDE
            if end is not None:
                return WHOLE if end else BEGINNING
        return None

    def is_whole(self, name: str, *, person: bool = False) -> bool:
        """Tell whether the whole of a name was typed, its last syllable too."""
        return not self.leads.isdisjoint(name) and self._end(self._sounds(name, person=person), 0) is True

    def _sounds(self, name: str, *, person: bool) -> list[tuple[str, ...]]:
        """Return how each character may be read; what is no character and no letter is left out."""
        sounds = [self.chars.get(char, (char.casefold(),)) for char in name if char.isalnum()]
        if person:
            own = self.surnames.get(name[:2]) or self.surnames.get(name[:1]) or ()
            # The surname's own reading, and the usual one behind it: somebody who cannot know it types that.
            sounds[: len(own)] = [(*mine, *usual) for mine, usual in zip(own, sounds, strict=False)]
        return sounds

    def _end(self, sounds: list[tuple[str, ...]], start: int) -> bool | None:
        """Hold what was typed against characters from `start` on.

        Returns:
            None when it does not fit; else whether it reaches the end of the name with nothing unfinished.
        """
        key, length = self.key, len(self.key)
        places = {0}
        for index in range(start, len(sounds)):
            after = {end for place in places for sound in sounds[index] for end in _ends(key, place, sound)}
            if length in after:
                return index == len(sounds) - 1
            if length + 1 in after:
                return False
            places = after
            if not places:
                return None
        return None


def _ends(key: str, place: int, sound: str) -> list[int]:
    """Return how far one character of this sound may reach in what was typed from a place on.

    It may be typed whole, by its first letter, or by zh, ch, sh; one place beyond the end stands for an unfinished one.
    """
    if key[place] != sound[0]:
        return []
    ends = [place + 1]
    if key.startswith(sound, place):
        ends.append(place + len(sound))
    elif len(key) - place > 1 and sound.startswith(key[place:]):
        ends.append(len(key) + 1)
    if sound[:2] in _DOUBLE and key.startswith(sound[:2], place):
        ends.append(place + 2)
    return ends
