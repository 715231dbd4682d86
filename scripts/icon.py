#!/usr/bin/env python3
"""Draws packaging/icon.png, the package's icon: a closed gate. Same bytes every time. Usage: scripts/icon.py"""
import pathlib
import struct
import zlib

SIZE = 128
BLUE, WHITE, RED = (0, 90, 158, 255), (255, 255, 255, 255), (209, 52, 56, 255)


def colour(x, y):
    corner = 20
    dx, dy = max(corner - x, x - (SIZE - 1 - corner), 0), max(corner - y, y - (SIZE - 1 - corner), 0)
    if dx * dx + dy * dy > corner * corner:
        return (0, 0, 0, 0)
    if 22 <= x < 32 and 34 <= y < 106 or 96 <= x < 106 and 34 <= y < 106:
        return WHITE
    if 32 <= x < 96 and 60 <= y < 74:
        return RED if ((x + y) // 10) % 2 else WHITE
    return BLUE


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + bytes(part for x in range(SIZE) for part in colour(x, y)) for y in range(SIZE))
header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
(pathlib.Path(__file__).parent.parent / "packaging" / "icon.png").write_bytes(png)
