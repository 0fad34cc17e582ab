"""Fetches every model of a folder of published ones through onnx.hub, the client of the ONNX package up to 1.20, served on the loopback address."""
import contextlib
import functools
import hashlib
import http.server
import io
import json
import sys
import tarfile
import threading
import urllib.request

import numpy
import onnx
import onnx.hub
from onnx import numpy_helper

models, cache = sys.argv[1:]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=models))
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_address[1]}/"
onnx.hub._get_base_url = lambda repo, lfs=False: address
onnx.hub.set_dir(cache)


def archive(info):
    """The members of model_with_data_path, as download_model_with_test_data (ONNX 1.13) checks and unpacks them."""
    with urllib.request.urlopen(address + info.metadata["model_with_data_path"]) as response:
        packed = response.read()
    assert hashlib.sha256(packed).hexdigest() == info.metadata["model_with_data_sha"], info.model
    assert len(packed) == info.metadata["model_with_data_bytes"], info.model
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        assert len({member.name.split("/")[0] for member in files.getmembers()}) == 1, "one folder"
        assert all(member.isfile() for member in files.getmembers())
        return {member.name.split("/", 1)[1]: files.extractfile(member).read() for member in files.getmembers()}


names = []
for info in onnx.hub.list_models(repo="jzoo/models:main"):
    found = onnx.hub.get_model_info(info.model, repo="jzoo/models:main")
    assert found.model == info.model
    with contextlib.redirect_stdout(sys.stderr):
        model = onnx.hub.load(info.model, repo="jzoo/models:main", silent=True)
    ports = info.metadata["io_ports"]
    assert [port["name"] for port in ports["inputs"]] == [port.name for port in model.graph.input], info.model
    assert [port["name"] for port in ports["outputs"]] == [port.name for port in model.graph.output], info.model
    assert {opset.domain: opset.version for opset in model.opset_import}[""] == info.opset, info.model
    files = archive(info)
    assert files["model.onnx"] == open(f"{models}/{info.model_path}", "rb").read(), info.model
    tensor = onnx.TensorProto.FromString(files["test_data_set_0/input_0.pb"])
    assert numpy.isfinite(numpy_helper.to_array(tensor).astype(numpy.float64)).all(), info.model
    names.append(info.model)
print(json.dumps(names))
