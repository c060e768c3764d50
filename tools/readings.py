"""Write advedu/values/readings.txt: how each Chinese character is read, without tones.

    python tools/readings.py            rewrite the file
    python tools/readings.py --check    change nothing; exit 1 when it is not up to date

The readings are pypinyin's; rare ones, which nobody would type, are left out. The program reads the file and needs no
pypinyin: importing that takes twice as long as a whole command.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

PAGE = Path(__file__).resolve().parents[1] / "advedu" / "values" / "readings.txt"
# The characters of names: the common block, and the first of the rare ones.
BLOCKS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x3007, 0x3007))
# A reading counts that stands in so many words; of a character that stands in fewer words every reading counts.
LEAST = 2
# Surnames that are read otherwise than the character usually is; a second reading where both are heard.
SURNAMES = """
单 shan 仇 qiu 解 xie 曾 zeng 查 zha 区 ou 尉迟 yu'chi 万俟 mo'qi 盖 ge,gai 朴 piao 任 ren 华 hua 员 yun 覃 qin,tan
乐 yue,le 翟 zhai,di 卜 bu 召 shao,zhao 缪 miao 种 chong 那 na,nuo 折 she 洗 xian 冼 xian 繁 po 柏 bai,bo 薄 bo
秘 bi 逄 pang 黑 he,hei 宿 su 尉 wei,yu 祭 zhai,ji 盛 sheng 石 shi 贾 jia 句 gou 教 jiao 炅 gui 郇 xun,huan
牟 mu,mou 隗 kui,wei 应 ying 郗 xi,chi 佴 nai 燕 yan 过 guo 车 che 宁 ning 沈 shen 相 xiang 谌 chen,shen 都 du
曲 qu 瞿 qu 眭 sui 纪 ji 干 gan 幺 yao 殷 yin 莘 shen,xin 晁 chao 宓 mi,fu 费 fei,bi 郝 hao 於 yu 皇甫 huang'fu
鲜于 xian'yu 长孙 zhang'sun 澹台 tan'tai 令狐 ling'hu 万 wan 能 nai 藏 zang 强 qiang 降 jiang 撒 sa 贠 yun 乜 nie
逯 lu 麴 qu 长 zhang 重 zhong 朝 chao 行 xing 什 shi 仆 pu 弗 fu 阚 kan 呙 guo 亓 qi 适 kuo,shi 调 diao 参 shen
"""
HEAD = """\
# How Chinese characters are read: a syllable, and the characters that are read so. Made by tools/readings.py.
# A line that begins with = is a surname and how it is read as one; ' parts two characters.
"""


def plain(reading: str) -> str:
    """Return a reading without tone, with v for ü."""
    return str(to_normal(reading)).replace("ü", "v")


def readings() -> Iterator[tuple[str, list[str]]]:
    """Yield each character with the readings that somebody may type."""
    heard: Counter[tuple[str, str]] = Counter()
    words: Counter[str] = Counter()
    for phrase, sounds in PHRASES_DICT.items():
        if len(phrase) == len(sounds):
            for char, sound in zip(phrase, sounds, strict=True):
                heard[char, plain(sound[0])] += 1
                words[char] += 1
    for code, text in sorted(PINYIN_DICT.items()):
        if not any(first <= code <= last for first, last in BLOCKS):
            continue
        char = chr(code)
        known = list(dict.fromkeys(map(plain, text.split(","))))
        usual = [sound for sound in known if heard[char, sound] >= LEAST]
        yield char, known if words[char] < LEAST else list(dict.fromkeys([known[0], *usual]))


def page() -> str:
    """Return the text of the file."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for char, sounds in readings():
        for sound in sounds:
            if sound.isascii() and sound.isalpha():
                lines[sound].append(char)
    words = SURNAMES.split()
    names = dict(zip(words[::2], words[1::2], strict=True))
    said = [f"={name} {sounds.replace(',', ' ')}\n" for name, sounds in sorted(names.items())]
    return HEAD + "".join(f"{sound} {''.join(chars)}\n" for sound, chars in sorted(lines.items())) + "".join(said)


def main(argv: list[str]) -> int:
    """Write or check the file, and return the exit code."""
    parser = argparse.ArgumentParser(description="Write advedu/values/readings.txt.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when it is not up to date")
    check = parser.parse_args(argv).check
    text = page()
    if not check:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    elif PAGE.read_text(encoding="utf-8") != text:
        print(f"{PAGE.name} is not up to date; run python tools/readings.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
