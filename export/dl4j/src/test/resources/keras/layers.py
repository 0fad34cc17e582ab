"""Writes the Keras 2 files of the folder "layers", each with an input and what Keras computes for it.

    KERAS_BACKEND=numpy python3 layers.py

Needs Keras 3, NumPy, JAX and h5py. Keras 3 computes; what is written is the form of Keras 2. A .txt has the shape of the input, the input, the shape of the
output, the output. Left out is what Keras 3 lacks or computes otherwise: hard_sigmoid, ThresholdedReLU, locally connected layers.
"""
import json
import os

import h5py
import keras
import numpy as np
from keras import layers as L

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "layers")
LEGACY = {
    "LeakyReLU": {"negative_slope": "alpha"},
}
DROPPED = {"quantization_config", "optional", "zero_output_for_mask", "use_cudnn", "cudnn", "lora_rank", "synchronized", "autocast", "rms_scaling"}
ONE_AXIS = ("ZeroPadding1D", "Cropping1D", "UpSampling1D")
RECURRENT = ("LSTM", "GRU", "SimpleRNN")
random = np.random.default_rng(7)


def legacy(element):
    """A layer's or model's configuration as Keras 2 wrote it."""
    name, config = element["class_name"], dict(element["config"])
    if name in ("Sequential", "Functional"):
        kept = {"name": config["name"], "layers": [legacy(layer) for layer in config["layers"] if not layer["module"].startswith("keras.src.ops")]}
        for key in ("input_layers", "output_layers"):
            if key in config:
                kept[key] = config[key]
        result = {"class_name": name, "config": kept}
    else:
        kept = {}
        for key, value in config.items():
            if key in DROPPED or name in ONE_AXIS and key == "data_format" or name in RECURRENT and key == "seed":
                continue
            key = LEGACY.get(name, {}).get(key, key)
            if key == "batch_shape":
                key = "batch_input_shape"
            if key == "dtype":
                value = value if isinstance(value, str) else "float32"
            elif key in ("layer", "backward_layer"):
                value = legacy(value)
            elif isinstance(value, dict) and "class_name" in value:
                value = {"class_name": value["class_name"], "config": {}}
            kept[key] = value
        if name in RECURRENT:
            kept["implementation"] = 2
        if name == "LSTM":
            kept["time_major"] = False
        result = {"class_name": name, "config": kept}
    if "inbound_nodes" in element:
        result["name"] = element["name"]
        result["inbound_nodes"] = [node(one) for one in element["inbound_nodes"]]
    return result


def node(one):
    found = []

    def walk(value):
        if isinstance(value, dict):
            if value.get("class_name") == "__keras_tensor__":
                found.append(value["config"]["keras_history"] + [{}])
            else:
                for inner in value.values():
                    walk(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                walk(inner)

    walk(one["args"])
    return found


def shaken(model):
    """Random weights, with variances above 0."""
    for weight in model.weights:
        values = random.normal(0, 0.5, weight.shape)
        if weight.name == "moving_variance":
            values = np.abs(values) + 0.3
        elif weight.name == "gamma":
            values = values + 1
        weight.assign(values.astype("float32"))


def numbers(array):
    return " ".join(repr(float(x)) for x in np.asarray(array, "float32").ravel())


def write(name, model, x):
    shaken(model)
    y = np.asarray(model(x))
    config = legacy({"class_name": type(model).__name__, "config": model.get_config()})
    with h5py.File(os.path.join(FOLDER, name + ".h5"), "w") as file:
        file.attrs["keras_version"] = "2.15.0"
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps(config)
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        for layer in model.layers:
            below = group.create_group(layer.name)
            stored = layer.trainable_weights + [w for w in layer.non_trainable_weights if w.name != "seed_generator_state"]
            names, used = [], set()
            for weight in stored:
                path = weight.path
                if isinstance(layer, (L.DepthwiseConv1D, L.DepthwiseConv2D)) and weight.name == "kernel":
                    path = path.replace("/kernel", "/depthwise_kernel")
                while path in used:
                    path = path.rsplit("/", 1)[0] + "_1/" + weight.name
                used.add(path)
                names.append(path + ":0")
                below.create_dataset(path + ":0", data=np.asarray(weight.value))
            below.attrs["weight_names"] = [n.encode() for n in names]
    with open(os.path.join(FOLDER, name + ".txt"), "w") as text:
        text.write("\n".join([" ".join(map(str, x.shape)), numbers(x), " ".join(map(str, y.shape)), numbers(y)]) + "\n")


def chain(name, shape, *rest, ids=None, masked=False, dtype="float32"):
    keras.utils.clear_session(free_memory=False)
    model = keras.Sequential([L.Input(shape, dtype=dtype), *rest])
    write(name, model, example(shape, ids, masked, dtype))


def example(shape, ids=None, masked=False, dtype="float32"):
    shape = tuple(5 if size is None else size for size in shape)
    if ids:
        return random.integers(0, ids, (2, *shape)).astype(dtype)
    x = random.normal(0, 1, (2, *shape)).astype("float32")
    if masked:
        x[0, 1] = x[0, 3] = x[1, 0] = x[1, -1] = 0
        x[0, 2, 0] = 0
    return x


def graph(name, shape, build, **kinds):
    keras.utils.clear_session(free_memory=False)
    x = L.Input(shape, name="x")
    write(name, keras.Model(x, build(x)), example(shape, **kinds))


FIRST, LAST = "channels_first", "channels_last"

# core
for rank, shape in ((2, (4,)), (3, (5, 4)), (4, (3, 5, 4))):
    chain(f"dense_rank{rank}", shape, L.Dense(3, activation="tanh"))
chain("dense_without_bias", (4,), L.Dense(3, use_bias=False))
for f in ("linear", "relu", "sigmoid", "tanh", "softmax", "softplus", "softsign", "elu", "selu", "exponential", "silu", "gelu", "relu6", "mish"):
    chain(f"activation_{f}", (3, 4), L.Activation(f))
chain("embedding_ids", (5,), L.Embedding(9, 3), L.Flatten(), ids=9, dtype="int32")
chain("training_only", (6, 4), L.Dropout(0.5), L.SpatialDropout1D(0.3), L.GaussianNoise(0.2), L.GaussianDropout(0.2), L.AlphaDropout(0.1), L.ActivityRegularization(0.1), L.Dense(2))
chain("training_only_pictures", (6, 4, 2), L.SpatialDropout2D(0.3), L.Conv2D(2, 3))
for axis in (1, 2, 3, -1):
    chain(f"batchnorm_axis{axis}", (3, 5, 4), L.BatchNormalization(axis=axis, epsilon=0.01))
chain("batchnorm_rank2", (4,), L.BatchNormalization(scale=False))
chain("batchnorm_rank3", (5, 4), L.BatchNormalization(center=False))
chain("batchnorm_rank5", (2, 3, 4, 3), L.BatchNormalization(axis=1))
chain("layernorm", (5, 4), L.LayerNormalization(epsilon=0.01))
chain("layernorm_axes", (5, 3, 4), L.LayerNormalization(axis=[2, 3], scale=False))

# activations with parameters
chain("leaky_relu", (4,), L.LeakyReLU(negative_slope=0.2))
chain("elu_alpha", (4,), L.ELU(alpha=0.7))
chain("relu_parameters", (7,), L.ReLU(max_value=1.0, negative_slope=0.1, threshold=0.3))
chain("relu_max", (7,), L.ReLU(max_value=0.8))
for axis in (1, 2, -1):
    chain(f"softmax_axis{axis}", (3, 5, 4), L.Softmax(axis=axis))
chain("prelu", (3, 4), L.PReLU())
chain("prelu_shared", (3, 5, 4), L.PReLU(shared_axes=[1, 2]))
chain("prelu_shared_channels", (3, 5, 4), L.PReLU(shared_axes=[3]))

# convolutions
for padding in ("valid", "same", "causal"):
    chain(f"conv1d_{padding}", (9, 3), L.Conv1D(4, 3, strides=2, padding=padding, activation="relu"))
    chain(f"conv1d_{padding}_dilated", (9, 3), L.Conv1D(4, 3, dilation_rate=2, padding=padding))
for padding in ("valid", "same"):
    chain(f"conv2d_{padding}", (6, 7, 3), L.Conv2D(4, (3, 2), strides=(2, 3), padding=padding))
    chain(f"conv2d_{padding}_dilated", (8, 9, 3), L.Conv2D(4, (3, 2), dilation_rate=(2, 3), padding=padding))
    chain(f"conv3d_{padding}", (5, 4, 6, 2), L.Conv3D(3, (2, 3, 2), strides=(1, 2, 2), padding=padding))
    chain(f"separable1d_{padding}", (9, 3), L.SeparableConv1D(4, 3, depth_multiplier=2, padding=padding))
    chain(f"separable2d_{padding}", (6, 7, 3), L.SeparableConv2D(4, (3, 2), depth_multiplier=2, padding=padding, strides=2))
    chain(f"depthwise_{padding}", (6, 7, 3), L.DepthwiseConv2D((3, 2), depth_multiplier=2, padding=padding, activation="tanh"))
    for stride, size in ((1, 3), (2, 3), (3, 2), (2, 4)):
        chain(f"transpose2d_{padding}_{stride}_{size}", (4, 3, 2), L.Conv2DTranspose(3, size, strides=stride, padding=padding))
    chain(f"transpose3d_{padding}", (2, 3, 2, 2), L.Conv3DTranspose(2, (2, 3, 2), strides=(2, 1, 2), padding=padding))
    chain(f"transpose1d_{padding}", (4, 2), L.Conv1DTranspose(3, 3, strides=2, padding=padding))
chain("conv2d_softmax", (4, 5, 3), L.Conv2D(4, 2, activation="softmax"))
chain("conv2d_groups", (4, 5, 4), L.Conv2D(6, 2, groups=2))

# pooling
for kind in ("Max", "Average"):
    for padding in ("valid", "same"):
        chain(f"{kind.lower()}pool1d_{padding}", (9, 2), getattr(L, kind + "Pooling1D")(3, strides=2, padding=padding))
        chain(f"{kind.lower()}pool2d_{padding}", (6, 7, 2), getattr(L, kind + "Pooling2D")((3, 2), strides=(2, 3), padding=padding))
        chain(f"{kind.lower()}pool3d_{padding}", (5, 6, 4, 2), getattr(L, kind + "Pooling3D")((2, 3, 2), padding=padding))
    chain(f"global{kind.lower()}1d", (5, 3), getattr(L, f"Global{kind}Pooling1D")())
    chain(f"global{kind.lower()}2d", (5, 3, 2), getattr(L, f"Global{kind}Pooling2D")(keepdims=True))
    chain(f"global{kind.lower()}3d", (5, 3, 2, 4), getattr(L, f"Global{kind}Pooling3D")())

# channels first
for axes in (1, 2, 3):
    shape = (3, 6, 5, 7)[: axes + 1]
    chain(f"first_conv{axes}d", shape, getattr(L, f"Conv{axes}D")(4, 2, padding="same", data_format=FIRST, activation="softmax"))
    chain(f"first_transpose{axes}d", shape, getattr(L, f"Conv{axes}DTranspose")(4, 3, strides=2, padding="same", data_format=FIRST))
    chain(f"first_maxpool{axes}d", shape, getattr(L, f"MaxPooling{axes}D")(2, padding="same", data_format=FIRST))
    chain(f"first_averagepool{axes}d", shape, getattr(L, f"AveragePooling{axes}D")(3, strides=2, padding="same", data_format=FIRST))
    chain(f"first_globalmax{axes}d", shape, getattr(L, f"GlobalMaxPooling{axes}D")(data_format=FIRST))
    chain(f"first_globalaverage{axes}d", shape, getattr(L, f"GlobalAveragePooling{axes}D")(data_format=FIRST, keepdims=True))
    if axes > 1:
        pairs = tuple([(1, 2), (0, 1), (2, 1)][:axes])
        chain(f"first_padding{axes}d", shape, getattr(L, f"ZeroPadding{axes}D")(pairs, data_format=FIRST))
        chain(f"first_cropping{axes}d", shape, getattr(L, f"Cropping{axes}D")(pairs, data_format=FIRST))
        chain(f"first_upsampling{axes}d", shape, getattr(L, f"UpSampling{axes}D")((2, 3, 2)[:axes], data_format=FIRST))
    if axes < 3:
        chain(f"first_separable{axes}d", shape, getattr(L, f"SeparableConv{axes}D")(4, 3, depth_multiplier=2, data_format=FIRST))
        chain(f"first_depthwise{axes}d", shape, getattr(L, f"DepthwiseConv{axes}D")(3, depth_multiplier=2, data_format=FIRST))
chain("first_bilinear", (2, 4, 5), L.UpSampling2D((2, 3), interpolation="bilinear", data_format=FIRST))
chain("first_network", (2, 6, 5), L.Conv2D(3, 2, data_format=FIRST), L.BatchNormalization(axis=1), L.MaxPooling2D(2, data_format=FIRST), L.Flatten(data_format=FIRST), L.Dense(2))

# shapes
chain("flatten_first", (3, 4, 2), L.Flatten(data_format=FIRST), L.Dense(2))
chain("flatten_last", (3, 4, 2), L.Flatten(data_format=LAST), L.Dense(2))
chain("reshape", (6, 4), L.Reshape((3, -1, 2)), L.Permute((3, 1, 2)))
chain("repeat_vector", (4,), L.RepeatVector(3), L.Dense(2))
for axes, shape in ((1, (6, 2)), (2, (6, 5, 2)), (3, (5, 6, 5, 2))):
    pairs = [(1, 2), (0, 1), (2, 1)][:axes]
    pairs = pairs[0] if axes == 1 else tuple(pairs)
    chain(f"padding{axes}d", shape, getattr(L, f"ZeroPadding{axes}D")(pairs))
    chain(f"cropping{axes}d", shape, getattr(L, f"Cropping{axes}D")(pairs))
    chain(f"upsampling{axes}d", shape, getattr(L, f"UpSampling{axes}D")((2, 3, 2)[:axes] if axes > 1 else 3))
chain("upsampling_bilinear", (4, 5, 2), L.UpSampling2D((2, 3), interpolation="bilinear"))

# recurrence
for cell in (L.LSTM, L.GRU, L.SimpleRNN):
    name = cell.__name__.lower()
    for all_steps in (False, True):
        steps = "all" if all_steps else "last"
        chain(f"{name}_{steps}", (5, 3), cell(4, return_sequences=all_steps))
        chain(f"{name}_backwards_{steps}", (5, 3), cell(4, return_sequences=all_steps, go_backwards=True))
        chain(f"{name}_masked_{steps}", (6, 3), L.Masking(), cell(4, return_sequences=all_steps), masked=True)
        chain(f"{name}_masked_backwards_{steps}", (6, 3), L.Masking(), cell(4, return_sequences=all_steps, go_backwards=True), masked=True)
        chain(f"{name}_masked_bidirectional_{steps}", (6, 3), L.Masking(), L.Bidirectional(cell(3, return_sequences=all_steps)), masked=True)
    for mode in ("concat", "sum", "mul", "ave"):
        chain(f"{name}_bidirectional_{mode}", (5, 3), L.Bidirectional(cell(3, return_sequences=True), merge_mode=mode))
chain("gru_reset_before", (5, 3), L.GRU(4, reset_after=False, activation="softsign", recurrent_activation="sigmoid"))
chain("lstm_activations", (5, 3), L.LSTM(4, activation="relu", recurrent_activation="sigmoid", use_bias=False))
chain("rnn_elu", (5, 3), L.SimpleRNN(4, activation="elu", use_bias=False))
chain("masked_two_layers", (6, 3), L.Masking(), L.LSTM(4, return_sequences=True), L.Dropout(0.1), L.GRU(3), masked=True)
chain("masked_average", (6, 3), L.Masking(), L.Dense(4), L.GlobalAveragePooling1D(), masked=True)
chain("masked_timedistributed", (6, 3), L.Masking(), L.TimeDistributed(L.Dense(4)), L.LSTM(3), masked=True)
chain("embedding_mask_bidirectional", (6,), L.Embedding(7, 3, mask_zero=True), L.Bidirectional(L.LSTM(3)), ids=7)
chain("timedistributed_conv", (4, 6, 5, 2), L.TimeDistributed(L.Conv2D(3, 2)), L.TimeDistributed(L.Flatten()), L.LSTM(3))


def masked_branches(x):
    steps = L.Masking()(x)
    return L.GRU(3)(L.Concatenate()([L.Dense(2)(steps), steps]))


graph("masked_concatenate", (6, 3), masked_branches, masked=True)



def masked_sum(x):
    steps = L.Masking()(x)
    return L.LSTM(3)(L.Add()([L.Dense(3)(steps), steps]))


graph("masked_add", (6, 3), masked_sum, masked=True)

# merging and models
for merge in ("Add", "Multiply", "Average", "Maximum", "Minimum"):
    graph(f"merge_{merge.lower()}", (4,), lambda x: getattr(L, merge)()([L.Dense(3)(x), L.Dense(3)(x), L.Dense(3)(x)]))
graph("merge_subtract", (4,), lambda x: L.Subtract()([L.Dense(3)(x), L.Dense(3)(x)]))
graph("merge_repeated", (3, 4), lambda x: L.Multiply()([x, L.Dense(1)(x)]))
graph("concatenate_axis1", (3, 4), lambda x: L.Concatenate(axis=1)([L.Dense(4)(x), x]))


def shared(x):
    dense = L.Dense(4, activation="tanh")
    return L.Add()([dense(x), dense(dense(x))])


graph("shared_layer", (4,), shared)


def inner():
    y = L.Input((4,), name="y")
    hidden = L.BatchNormalization()(L.Dense(4)(y))
    return keras.Model(y, L.Dense(4)(L.BatchNormalization()(hidden)), name="inner")


graph("nested_functional", (4,), lambda x: L.Dense(2)(inner()(L.Dense(4)(x))))


def twice(x):
    model = inner()
    return L.Add()([model(x), model(model(x))])


graph("nested_shared", (4,), twice)
chain("nested_chain", (5, 4), keras.Sequential([L.Input((5, 4)), L.LSTM(3, return_sequences=True)], name="below"), L.TimeDistributed(keras.Sequential([L.Input((3,)), L.Dense(2), L.LeakyReLU()])))
frozen = L.Dense(4)
frozen.trainable = False
chain("frozen_layers", (4,), keras.Sequential([L.Input((4,)), frozen, L.BatchNormalization(), L.Dense(3)], name="partly_frozen"))
