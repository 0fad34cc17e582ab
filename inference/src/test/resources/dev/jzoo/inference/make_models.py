#!/usr/bin/env python3
"""Makes the .onnx files beside it, once; they are frozen. Made with onnx 1.12 of Debian 12: /usr/bin/python3 make_models.py"""
import json
import os

import numpy as np
from onnx import TensorProto as T, checker, helper, load, numpy_helper, save

HERE = os.path.dirname(os.path.abspath(__file__))


def value(name, element, shape):
    return helper.make_tensor_value_info(name, element, shape)


def constant(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def write(name, nodes, inputs, outputs, initializers=(), metadata=None):
    graph = helper.make_graph(nodes, name + "-graph", inputs, outputs, list(initializers))
    model = helper.make_model(
        graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)], producer_name="make_models.py"
    )
    if metadata:
        helper.set_model_props(model, metadata)
    checker.check_model(model)
    save(model, os.path.join(HERE, name + ".onnx"))


def card(task, labels=(), series=(), columns=None):
    return json.dumps({
        "id": "toy", "version": "1.0.0", "title": "A toy", "summary": "For tests.", "task": task,
        "labels": list(labels), "series": list(series),
        "recipe": {"id": "toy", "engine": "djl", "command": "none", "sha256": "0" * 64},
        "data": [], "metrics": {}, "licence": "Apache-2.0", "tags": [], "limits": [],
        **({"columns": columns} if columns else {}),
    })


# Two inputs whose batch must agree, two outputs.
write(
    "add",
    [helper.make_node("Add", ["a", "b"], ["sum"]), helper.make_node("Sub", ["a", "b"], ["difference"])],
    [value("a", T.FLOAT, ["N", 4]), value("b", T.FLOAT, ["N", 4])],
    [value("sum", T.FLOAT, ["N", 4]), value("difference", T.FLOAT, ["N", 4])],
    metadata={"colour": "blue", "empty": ""},
)

# Every element type passes through; the axis has no name.
TYPES = {
    "float": T.FLOAT, "double": T.DOUBLE, "float16": T.FLOAT16, "bfloat16": T.BFLOAT16, "int8": T.INT8,
    "uint8": T.UINT8, "int32": T.INT32, "int64": T.INT64, "bool": T.BOOL, "string": T.STRING,
}
for name, element in TYPES.items():
    write(
        "identity-" + name,
        [helper.make_node("Identity", ["x"], ["y"])],
        [value("x", element, [None, None])],
        [value("y", element, [None, None])],
    )

write("scalar", [helper.make_node("Neg", ["x"], ["y"])], [value("x", T.FLOAT, [])], [value("y", T.FLOAT, [])])

# Three named axes, one of them shared.
write(
    "matmul",
    [helper.make_node("MatMul", ["a", "b"], ["c"])],
    [value("a", T.FLOAT, ["rows", "inner"]), value("b", T.FLOAT, ["inner", "columns"])],
    [value("c", T.FLOAT, ["rows", "columns"])],
)

# Fails while running where an index is outside of 0..2.
write(
    "gather",
    [helper.make_node("Gather", ["table", "index"], ["y"])],
    [value("index", T.INT64, ["K"])],
    [value("y", T.FLOAT, ["K"])],
    [constant("table", np.array([10, 20, 30], np.float32))],
)

# Counts to `count`, as slowly as the caller wants.
body = helper.make_graph(
    [
        helper.make_node("Add", ["before", "one"], ["after"]),
        helper.make_node("Identity", ["going"], ["still"]),
    ],
    "body",
    [value("i", T.INT64, []), value("going", T.BOOL, []), value("before", T.FLOAT, [1])],
    [value("still", T.BOOL, []), value("after", T.FLOAT, [1])],
    [constant("one", np.ones(1, np.float32))],
)
write(
    "loop",
    [helper.make_node("Loop", ["count", "", "start"], ["total"], body=body)],
    [value("count", T.INT64, [])],
    [value("total", T.FLOAT, [1])],
    [constant("start", np.zeros(1, np.float32))],
)

# As many places as x has numbers that are not 0, though the file says as many as x has numbers.
write(
    "places",
    [helper.make_node("NonZero", ["x"], ["places"]), helper.make_node("Neg", ["x"], ["y"])],
    [value("x", T.FLOAT, ["N"])],
    [value("places", T.INT64, [1, "N"]), value("y", T.FLOAT, ["N"])],
)

# One output is the input itself.
write(
    "through",
    [helper.make_node("Neg", ["x"], ["y"])],
    [value("x", T.FLOAT, ["N"])],
    [value("x", T.FLOAT, ["N"]), value("y", T.FLOAT, ["N"])],
)

# One output is no tensor.
write(
    "sequence",
    [helper.make_node("SequenceConstruct", ["x", "x"], ["pair"]), helper.make_node("Neg", ["x"], ["y"])],
    [value("x", T.FLOAT, ["N"])],
    [
        helper.make_tensor_sequence_value_info("pair", T.FLOAT, ["N"]),
        value("y", T.FLOAT, ["N"]),
    ],
)

# Two layers, whose weights lie in a file beside it; the tensor between them is no output.
write(
    "beside",
    [helper.make_node("MatMul", ["x", "first"], ["hidden"]), helper.make_node("MatMul", ["hidden", "last"], ["y"])],
    [value("x", T.FLOAT, ["N", 2])],
    [value("y", T.FLOAT, ["N", 1])],
    [constant("first", np.array([[1, 10, 100], [2, 20, 200]], np.float32)), constant("last", np.ones((3, 1), np.float32))],
)
if os.path.exists(os.path.join(HERE, "beside.bin")):
    os.remove(os.path.join(HERE, "beside.bin"))  # it would be appended to
save(
    load(os.path.join(HERE, "beside.onnx")),
    os.path.join(HERE, "beside.onnx"),
    save_as_external_data=True,
    location="beside.bin",
    size_threshold=0,
)


def quadrants(name, metadata, batch="N", classes=4):
    """Says which quadrant of a grey 28x28 picture is the brightest: softmax of 10 times its mean in 0..1.

    Compress with a mask of all true hides the number of classes from shape inference, so that only the declaration counts.
    """
    write(
        name,
        [
            helper.make_node("Cast", ["image"], ["cast"], to=T.FLOAT),
            helper.make_node("Reshape", ["cast", "split"], ["quarters"]),
            helper.make_node("ReduceMean", ["quarters"], ["means"], axes=[2, 4], keepdims=0),
            helper.make_node("Reshape", ["means", "flat"], ["four"]),
            helper.make_node("Compress", ["four", "all"], ["hidden"], axis=1),
            helper.make_node("Mul", ["hidden", "scale"], ["logits"]),
            helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
        ],
        [value("image", T.UINT8, [batch, 28, 28, 1])],
        [value("probabilities", T.FLOAT, [batch, classes])],
        [
            constant("split", np.array([0, 2, 14, 2, 14], np.int64)),
            constant("flat", np.array([0, 4], np.int64)),
            constant("all", np.ones(4, bool)),
            constant("scale", np.array(10 / 255, np.float32)),
        ],
        metadata,
    )


QUARTERS = ["top left", "top right", "bottom left", "bottom right"]
quadrants("quadrants", {"jzoo.card": card("image-classification", QUARTERS), "task": "image-classification"})
quadrants("quadrants-one-by-one", {"labels": json.dumps(QUARTERS)}, batch=1)
quadrants("quadrants-without-labels", None)
quadrants("quadrants-three-labels", {"labels": json.dumps(QUARTERS[:3])})
quadrants("quadrants-three-labels-open", {"labels": json.dumps(QUARTERS[:3])}, classes="classes")
quadrants("quadrants-imagenet", {"framing": "imagenet"})
quadrants("quadrants-odd-framing", {"framing": "zoomed"})
quadrants("quadrants-bad-labels", {"labels": "top left, top right"})

# The strongest colour of an RGB picture, 8 high and 16 wide.
write(
    "colours",
    [
        helper.make_node("Cast", ["image"], ["cast"], to=T.FLOAT),
        helper.make_node("ReduceMean", ["cast"], ["means"], axes=[1, 2], keepdims=0),
        helper.make_node("Mul", ["means", "scale"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
    ],
    [value("image", T.UINT8, ["N", 8, 16, 3])],
    [value("probabilities", T.FLOAT, ["N", 3])],
    [constant("scale", np.array(10 / 255, np.float32))],
    {"labels": json.dumps(["red", "green", "blue"])},
)


def extrapolate(name, metadata):
    """The line through the first and the last of three values, one step further."""
    write(
        name,
        [helper.make_node("MatMul", ["series", "weights"], ["next"])],
        [value("series", T.FLOAT, ["batch", 3])],
        [value("next", T.FLOAT, ["batch", 1])],
        [constant("weights", np.array([[-0.5], [0], [1.5]], np.float32))],
        metadata,
    )


SERIES = {"unit": "thousand passengers", "step": "P1M", "last": "1960-11", "history": [1, 2, 4, 6, 8]}
extrapolate("line", {"jzoo.card": card("time-series-forecasting", series=[SERIES])})
extrapolate("line-without-card", None)
extrapolate(
    "line-short", {"jzoo.card": card("time-series-forecasting", series=[dict(SERIES, history=[1, 2])])}
)
extrapolate(
    "line-odd-step", {"jzoo.card": card("time-series-forecasting", series=[dict(SERIES, step="monthly")])}
)
extrapolate(
    "line-without-times",
    {"jzoo.card": card("time-series-forecasting", series=[dict(SERIES, unit="", step="", last="")])},
)


def weigh(name, weights, metadata, batch="batch"):
    """A weighted sum of each row, plus 1."""
    write(
        name,
        [helper.make_node("Gemm", ["row", "weights", "bias"], ["sums"])],
        [value("row", T.FLOAT, [batch, len(weights)])],
        [value("sums", T.FLOAT, [batch, len(weights[0])])],
        [constant("weights", np.array(weights, np.float32)), constant("bias", np.ones(len(weights[0]), np.float32))],
        metadata,
    )


COLUMNS = {"features": ["width", "height", "GRE Score"], "target": "price", "unit": "dollars"}
weigh("prices", [[1], [10], [100]], {"jzoo.card": card("tabular-regression", columns=[COLUMNS])})
weigh("prices-two-by-two", [[1], [10], [100]], None, batch=2)
weigh("prices-odd-columns", [[1], [10]], {"jzoo.card": card("tabular-regression", columns=[COLUMNS])})
weigh(
    "signals", [[1, 0], [0, 1], [0, 1]], {"jzoo.card": card("tabular-classification", labels=["up", "down"])}
)
weigh(
    "signals-three-labels", [[1, 0], [0, 1]], {"jzoo.card": card("tabular-classification", labels=["a", "b", "c"])}
)


def counter(name, states, labels="\nabcdefg", softmax=True):
    """
    Writes the character whose number is how many characters it has read so far, modulo 8, with probability 0.9 where a
    softmax is at the end: a text with states is right only where each character is read once.
    """
    classes = len(labels)
    window = 4
    nodes = [
        helper.make_node("Cast", ["ids"], ["real"], to=T.FLOAT),
        helper.make_node("Mul", ["real", "zero"], ["zeros"]),
        helper.make_node("Add", ["zeros", "one"], ["ones"]),
        helper.make_node("CumSum", ["ones", "time"], ["read"]),
    ]
    inputs = [value("ids", T.INT64, ["batch", "time" if states else window])]
    outputs = [value("probabilities", T.FLOAT, ["batch", "time" if states else window, classes])]
    if states:
        nodes += [
            helper.make_node("Squeeze", ["count_in", "first"], ["before"]),
            helper.make_node("Add", ["read", "before"], ["total"]),
            helper.make_node("ReduceSum", ["ones", "times"], ["given"]),
            helper.make_node("Unsqueeze", ["given", "first"], ["increase"]),
            helper.make_node("Add", ["count_in", "increase"], ["count_out"]),
        ]
        inputs.append(value("count_in", T.FLOAT, [1, "batch", 1]))
        outputs.append(value("count_out", T.FLOAT, [1, "batch", 1]))
    else:
        # What it has read is in the window: the number of the character there, and 1.
        nodes += [helper.make_node("Add", ["real", "one"], ["total"])]
    nodes += [
        helper.make_node("Mod", ["total", "classes"], ["next"], fmod=1),
        helper.make_node("Cast", ["next"], ["class"], to=T.INT64),
        helper.make_node("OneHot", ["class", "depth", "values"], ["probabilities"], axis=-1),
    ]
    rest = 0.1 / (classes - 1)
    write(
        name,
        nodes,
        inputs,
        outputs,
        [
            constant("zero", np.array(0, np.float32)),
            constant("one", np.array(1, np.float32)),
            constant("time", np.array(1, np.int64)),
            constant("first", np.array([0], np.int64)),
            constant("times", np.array([1], np.int64)),
            constant("classes", np.array(classes, np.float32)),
            constant("depth", np.array(classes, np.int64)),
            constant("values", np.array([rest, 0.9] if softmax else [0, -1], np.float32)),
        ],
        {"jzoo.card": card("text-generation", list(labels))} if labels else None,
    )


counter("counter", states=True)
counter("counter-window", states=False)
counter("counter-without-line-break", states=True, labels="abc")
counter("counter-of-words", states=True, labels=["one", "two"])
counter("counter-of-logits", states=True, softmax=False)
