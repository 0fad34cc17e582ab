"""Makes the files of this folder and, for NAME, NAME.rgb: height and width as 32-bit numbers, then Pillow's RGB, row by row.

Run once; the results are frozen. Made with Pillow 12.3: python3 make_odd_pictures.py FOLDER
"""
import io, os, struct, sys, zlib
import numpy as np
from PIL import Image, ImageOps, PngImagePlugin
PngImagePlugin.MAX_TEXT_CHUNK = 1 << 28  # lets Pillow open the bombs
OUT = sys.argv[1]
os.makedirs(OUT, exist_ok=True)
random = np.random.default_rng(11)


def noise(h, w, c):
    y, x, k = np.mgrid[0:h, 0:w, 0:c]
    return np.clip(255 * (y / h + (k + 1) * x / w) / (c + 1) + random.integers(-20, 20, (h, w, c)), 0, 255).astype(np.uint8)


def smooth(h, w, c=3):
    return Image.fromarray(noise(6, 8, c)).resize((w, h), Image.BICUBIC)


def put(name, data):
    with open(os.path.join(OUT, name), "wb") as f:
        f.write(data)
    p = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if p.mode in ("RGBA", "LA", "PA") or "transparency" in p.info:
        p = p.convert("RGBA")
        p = Image.alpha_composite(Image.new("RGBA", p.size, (0, 0, 0, 255)), p)
    a = np.asarray(p.convert("RGB"))
    with open(os.path.join(OUT, name + ".rgb"), "wb") as f:
        f.write(struct.pack(">II", *a.shape[:2]) + a.tobytes())


def bytes_of(p, kind, **o):
    b = io.BytesIO(); p.save(b, kind, **o); return b.getvalue()


def segments(data):
    at, r = 2, []
    while data[at + 1] != 0xDA:
        n = 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
        r.append(data[at:at + n]); at += n
    return r, data[at:]


def jpeg(ids=None, jfif=False, adobe=None, extra=b"", subsampling=0, size=(24, 32), picture=None, **o):
    data = bytes_of(picture or smooth(*size), "JPEG", quality=95, subsampling=subsampling, **o)
    segs, rest = segments(data)
    head = b"\xff\xd8"
    if jfif:
        head += segs[0]
    if adobe is not None:
        head += b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + bytes([adobe])
    head += extra
    rest = bytearray(rest)
    for s in segs[1:]:
        s = bytearray(s)
        if s[1] in (0xC0, 0xC2) and ids:
            for i in range(3):
                s[10 + 3 * i] = ids[i]
        head += bytes(s)
    if ids:
        for i in range(rest[4]):
            rest[5 + 2 * i] = ids[i]
    return head + bytes(rest)


RGB = (82, 71, 66)
put("ids-012-sub.jpg", jpeg((0, 1, 2), subsampling=2))
put("ids-123.jpg", jpeg((1, 2, 3)))
put("ids-rgb.jpg", jpeg(RGB))
put("ids-rgb-jfif.jpg", jpeg(RGB, jfif=True))
put("ids-rgb-adobe-1.jpg", jpeg(RGB, adobe=1))
put("ids-odd.jpg", jpeg((7, 9, 200)))
put("ids-34-35-36.jpg", jpeg((34, 35, 36)))
put("adobe-0.jpg", jpeg(adobe=0))
put("adobe-0-sub.jpg", jpeg(adobe=0, subsampling=2))
put("adobe-1.jpg", jpeg(adobe=1, subsampling=2))
put("adobe-2.jpg", jpeg(adobe=2))
put("adobe-0-jfif.jpg", jpeg(adobe=0, jfif=True))
put("app-noise.jpg", jpeg(jfif=True, extra=b"\xff\xe2\x00\x10ICC_PROFILE\x00\x09\x02" + b"\xff\xe0\x00\x08JFXX\x00\x10" + b"\xff\xfe\x00\x03x" + b"\xff\xff\xff\xe5\x00\x02"))
put("junk-before-sos.jpg", (lambda d: d[:d.index(b"\xff\xda")] + b"junk\xff\x00" + d[d.index(b"\xff\xda"):])(jpeg(jfif=True)))
put("after-the-end.jpg", jpeg(jfif=True) + b"\xff\xd8\xff\xe0trailing")
put("restarts.jpg", jpeg(jfif=True, restart_marker_blocks=2))
put("non-interleaved-progressive.jpg", jpeg(jfif=True, progressive=True, subsampling=2))
cmyk = Image.fromarray(np.asarray(smooth(24, 32, 4)), "CMYK")
c = bytes_of(cmyk, "JPEG", quality=95)
A = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
put("four-adobe-1.jpg", c.replace(A + b"\x00", A + b"\x01"))
e = Image.Exif(); e[0x0112] = 6
put("exif-orientation-6.png", bytes_of(smooth(10, 14), "PNG", exif=e))
put("orientation-6.tif", bytes_of(smooth(10, 14), "TIFF", tiffinfo={274: 6}))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(w, h, depth, colour, raw, before=b"", interlace=0, idats=1, after=b""):
    z = zlib.compress(raw)
    n = max(1, len(z) // idats)
    parts = [z[i:i + n] for i in range(0, len(z), n)]
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, interlace)) + before
            + b"".join(chunk(b"IDAT", p) for p in parts) + after + chunk(b"IEND", b""))


def adam7(a):
    raw = b""
    for y0, x0, dy, dx in ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)):
        for row in a[y0::dy, x0::dx]:
            if row.size:
                raw += b"\0" + row.tobytes()
    return raw


a = noise(13, 11, 3)
put("interlaced.png", png(11, 13, 8, 2, adam7(a), interlace=1))
rows = lambda a: b"".join(b"\0" + r.tobytes() for r in a)
put("many-chunks.png", png(11, 13, 8, 2, rows(a), idats=100, before=chunk(b"tEXt", b"a\0b") * 50))
put("text-bomb.png", png(11, 13, 8, 2, rows(a), before=chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(30_000_000), 9))))
put("profile-bomb.png", png(11, 13, 8, 2, rows(a), before=chunk(b"iCCP", b"k\0\0" + zlib.compress(bytes(900_000), 9))))
put("more-data-than-pixels.png", png(11, 13, 8, 2, rows(a) + bytes(500_000)))
put("gamma.png", png(11, 13, 8, 2, rows(a), before=chunk(b"gAMA", struct.pack(">I", 100000))))
put("transparent-16.png", png(11, 13, 16, 2, b"".join(b"\0" + (r.astype(np.uint16) * 257).astype(">u2").tobytes() for r in a), before=chunk(b"tRNS", b"\0\1\0\2\0\3")))
p4 = noise(9, 7, 1)[:, :, 0] // 16
put("palette-4.png", png(7, 9, 4, 3, b"".join(b"\0" + bytes([(int(r[i]) << 4) | (int(r[i + 1]) if i + 1 < 7 else 0) for i in range(0, 7, 2)]) for r in p4), before=chunk(b"PLTE", bytes(noise(16, 1, 3).ravel())) + chunk(b"tRNS", bytes([0, 100, 200]))))
put("grey-2.png", png(4, 3, 2, 0, b"\0\x1b\0\xe4\0\x27"))


def gif(screen, frame, at, transparent=None, local=False, flags=0, bg=2):
    q = Image.fromarray(noise(frame[1], frame[0], 3)).quantize(16)
    d = bytes_of(q, "GIF")
    n = 13 + 48
    table = d[13:n]
    i = d.index(b"\x2c", n)
    g = b"GIF89a" + struct.pack("<HHBBB", *screen, 0xF3 if not local else 0x70, bg, 0) + (b"" if local else table)
    if transparent is not None:
        g += b"\x21\xf9\x04\x01\0\0" + bytes([transparent]) + b"\0"
    f = bytes(d[i + 9:i + 10])
    return g + b"\x2c" + struct.pack("<HHHHB", *at, *frame, (0x83 if local else 0) | (f[0] & 0x40)) + (table if local else b"") + d[i + 10:]


put("gif-offset.gif", gif((20, 15), (8, 6), (5, 4)))
put("gif-offset-transparent.gif", gif((20, 15), (8, 6), (5, 4), transparent=3))
put("gif-offset-local.gif", gif((20, 15), (8, 6), (5, 4), local=True))
put("gif-out-of-screen.gif", gif((10, 10), (8, 6), (6, 7)))
put("gif-no-screen.gif", gif((0, 0), (8, 6), (0, 0)))
put("gif-larger-screen.gif", gif((20, 15), (8, 6), (0, 0)))
put("gif-interlaced.gif", bytes_of(Image.fromarray(noise(20, 30, 3)).quantize(16), "GIF", interlace=1))
b = bytearray(bytes_of(Image.fromarray(noise(7, 9, 3)), "BMP"))
b[22:26] = struct.pack("<i", -7)
put("top-down.bmp", bytes(b))
put("bits-32.bmp", bytes_of(Image.fromarray(noise(7, 9, 4)), "BMP"))
g = bytes_of(Image.fromarray(noise(7, 9, 1)[:, :, 0]), "BMP")
put("grey-8.bmp", g)
put("bits-1.bmp", bytes_of(Image.fromarray(noise(7, 9, 1)[:, :, 0]).convert("1"), "BMP"))
core = b"BM" + struct.pack("<IHHI", 0, 0, 0, 26) + struct.pack("<IHHHH", 12, 9, 7, 1, 24) + b"".join(bytes(r.ravel()) + b"\0" for r in noise(7, 9, 3))
put("os2.bmp", core)
x555 = random.integers(0, 1 << 15, (7, 10)).astype("<u2")
put("bits-16.bmp", b"BM" + struct.pack("<IHHI", 0, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 10, 7, 1, 16, 0, 0, 0, 0, 0, 0) + x555.tobytes())
for c in ("raw", "tiff_deflate", "packbits", "tiff_lzw", "jpeg"):
    put(f"tiff-{c}.tif", bytes_of(smooth(20, 17), "TIFF", compression=c))
put("tiff-bilevel.tif", bytes_of(Image.fromarray(noise(9, 17, 1)[:, :, 0]).convert("1"), "TIFF", compression="group4"))
put("tiff-palette.tif", bytes_of(Image.fromarray(noise(9, 17, 3)).quantize(16), "TIFF"))
put("tiff-alpha.tif", bytes_of(Image.fromarray(noise(9, 17, 4)), "TIFF"))
put("two-pages.tif", bytes_of(smooth(9, 17), "TIFF", save_all=True, append_images=[smooth(30, 30)]))
put("white-is-zero.tif", bytes_of(Image.fromarray(noise(9, 17, 1)[:, :, 0]), "TIFF", tiffinfo={262: 0})) 
