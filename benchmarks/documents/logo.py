"""Writes a logo as PNG: 600 by 170 pixels, transparent ground, a soft disc and two bars."""

import math
import struct
import sys
import zlib

WIDTH, HEIGHT = 600, 170


def pixel(x, y):
    distance = math.hypot(x - 85, y - 85)
    if distance < 80:
        shade = int(90 * distance / 80)
        return (20 + shade, 90 + shade // 2, 140, 255)
    if 200 < x < 590 and (40 < y < 70 or 95 < y < 115 and x < 480):
        return (31, 58, 95, 255)
    return (255, 255, 255, 0)


def chunk(kind, data):
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


rows = b"".join(
    b"\0" + bytes(part for x in range(WIDTH) for part in pixel(x, y)) for y in range(HEIGHT)
)
sys.stdout.buffer.write(
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 6, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(rows, 9))
    + chunk(b"IEND", b"")
)
