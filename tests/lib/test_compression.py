import gzip

import brotli  # type: ignore[import-untyped]
import pytest

from chibo.lib.compression import BROTLI, GZIP, PLAIN, compressed, preferred


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", BROTLI),
        ("gzip, deflate", GZIP),  # over http, to another machine
        ("br;q=0, gzip;q=0.5", GZIP),
        ("br; q=0.000, *;q=0.1", GZIP),
        ("*", BROTLI),
        ("BR", BROTLI),
        ("gzip;q=0", PLAIN),
        ("identity", PLAIN),
        ("", PLAIN),
    ],
)
def test_the_smallest_encoding_that_is_not_refused_is_taken(accepted: str, encoding: str) -> None:
    assert preferred(accepted) == encoding


def test_whichever_way_it_is_sent_it_is_the_same_text() -> None:
    text = "Chi bộ thôn Bàu Sen họp lúc 19 giờ 30. " * 50
    assert compressed(text, PLAIN) == text.encode()
    assert gzip.decompress(compressed(text, GZIP)) == text.encode()
    assert brotli.decompress(compressed(text, BROTLI)) == text.encode()
    assert len(compressed(text, BROTLI)) < len(compressed(text, GZIP)) < len(text.encode())
