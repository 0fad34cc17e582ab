"""Holds every ONNX file of a folder against the onnx package's full checker: a line for each, "verdict<TAB>file<TAB>why"."""
import pathlib
import shutil
import sys
import tempfile

import onnx

known = onnx.defs.onnx_opset_version()
print(f"version\t{onnx.__version__}\tknows opsets up to {known}")
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    opset = next(entry.version for entry in onnx.load(path, load_external_data=False).opset_import if not entry.domain)
    if opset > known:
        print(f"unknown\t{path.name}\topset {opset}")
        continue
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(path, folder)  # the checker writes the shapes that it infers into the file
        try:
            onnx.checker.check_model(copy, full_check=True)
            print(f"accepted\t{path.name}\t")
        except Exception as e:
            print(f"refused\t{path.name}\t{' '.join(str(e).split())}")
