"""Writes the Keras 2 files of this folder with h5py alone, and prints what numpy computes of them.

    python3 make.py

The input is sin(0), sin(1), ... in row-major order, that of words.h5 the words 3, 0, 6, 1, 5. The printed outputs stand in KerasFileTest.
"""
import json

import h5py
import numpy as np

random = np.random.default_rng(1)


def weights(*shape):
    return random.normal(0, 0.5, shape).astype("float32")


def write(path, class_name, config, layers):
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = "2.11.0"
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps({"class_name": class_name, "config": config})
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [name.encode() for name, _ in layers]
        group.attrs["keras_version"] = "2.11.0"
        group.attrs["backend"] = "tensorflow"
        for name, arrays in layers:
            layer = group.create_group(name)
            layer.attrs["weight_names"] = [f"{name}/{key}:0".encode() for key in arrays]
            for key, array in arrays.items():
                layer.create_dataset(f"{name}/{key}:0", data=array)


def initialised(**config):
    return {
        "trainable": True,
        "dtype": "float32",
        "use_bias": True,
        "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}},
        "bias_initializer": {"class_name": "Zeros", "config": {}},
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "activity_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
        **config,
    }


def dense(name, units, activation):
    return {"class_name": "Dense", "config": initialised(name=name, units=units, activation=activation)}


def node(name, layer, *inputs):
    return {**layer, "name": name, "inbound_nodes": [[[i, 0, 0, {}] for i in inputs]] if inputs else []}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def images(height=5, width=4, channels=2, filters=3, classes=4):
    """Conv2D "same" with relu, BatchNormalization, Flatten, Dense with softmax; channels last."""
    kernel, bias = weights(3, 2, channels, filters), weights(filters)
    gamma, beta, mean = weights(filters) + 1, weights(filters), weights(filters)
    variance = np.abs(weights(filters)) + 0.5
    matrix, offset = weights(height * width * filters, classes), weights(classes)
    conv = initialised(
        name="conv2d",
        batch_input_shape=[None, height, width, channels],
        filters=filters,
        kernel_size=[3, 2],
        strides=[1, 1],
        padding="same",
        data_format="channels_last",
        dilation_rate=[1, 1],
        groups=1,
        activation="relu",
    )
    norm = {
        "name": "batch_normalization",
        "trainable": True,
        "dtype": "float32",
        "axis": [3],
        "momentum": 0.99,
        "epsilon": 0.001,
        "center": True,
        "scale": True,
        "beta_initializer": {"class_name": "Zeros", "config": {}},
        "gamma_initializer": {"class_name": "Ones", "config": {}},
        "moving_mean_initializer": {"class_name": "Zeros", "config": {}},
        "moving_variance_initializer": {"class_name": "Ones", "config": {}},
        "beta_regularizer": None,
        "gamma_regularizer": None,
        "beta_constraint": None,
        "gamma_constraint": None,
    }
    flatten = {"name": "flatten", "trainable": True, "dtype": "float32", "data_format": "channels_last"}
    write(
        "images.h5",
        "Sequential",
        {
            "name": "sequential",
            "layers": [
                {"class_name": "Conv2D", "config": conv},
                {"class_name": "BatchNormalization", "config": norm},
                {"class_name": "Flatten", "config": flatten},
                dense("dense", classes, "softmax"),
            ],
        },
        [
            ("conv2d", {"kernel": kernel, "bias": bias}),
            (
                "batch_normalization",
                {"gamma": gamma, "beta": beta, "moving_mean": mean, "moving_variance": variance},
            ),
            ("flatten", {}),
            ("dense", {"kernel": matrix, "bias": offset}),
        ],
    )

    x = np.sin(np.arange(height * width * channels, dtype="float64")).reshape(height, width, channels)
    # "same" with a kernel of 3 x 2: one row on both sides, one column on the right.
    padded = np.pad(x, ((1, 1), (0, 1), (0, 0)))
    y = np.zeros((height, width, filters))
    for row in range(height):
        for column in range(width):
            window = padded[row : row + 3, column : column + 2]
            y[row, column] = np.tensordot(window, kernel, 3) + bias
    y = (np.maximum(y, 0) - mean) / np.sqrt(variance + 0.001) * gamma + beta
    print("images.h5", softmax(y.reshape(-1) @ matrix + offset).tolist())


def branches(features=5):
    """Two Dense layers of one Input, tanh and relu, concatenated; Dense with softmax."""
    w1, b1, w2, b2 = weights(features, 3), weights(3), weights(features, 2), weights(2)
    w3, b3 = weights(5, 3), weights(3)
    given = {"batch_input_shape": [None, features], "dtype": "float32", "sparse": False, "name": "features"}
    joined = {"name": "joined", "trainable": True, "dtype": "float32", "axis": -1}
    write(
        "branches.h5",
        "Functional",
        {
            "name": "model",
            "layers": [
                node("features", {"class_name": "InputLayer", "config": given}),
                node("left", dense("left", 3, "tanh"), "features"),
                node("right", dense("right", 2, "relu"), "features"),
                node("joined", {"class_name": "Concatenate", "config": joined}, "left", "right"),
                node("scores", dense("scores", 3, "softmax"), "joined"),
            ],
            "input_layers": [["features", 0, 0]],
            "output_layers": [["scores", 0, 0]],
        },
        [
            ("features", {}),
            ("left", {"kernel": w1, "bias": b1}),
            ("right", {"kernel": w2, "bias": b2}),
            ("joined", {}),
            ("scores", {"kernel": w3, "bias": b3}),
        ],
    )
    x = np.sin(np.arange(features, dtype="float64"))
    y = np.concatenate([np.tanh(x @ w1 + b1), np.maximum(x @ w2 + b2, 0)])
    print("branches.h5", softmax(y @ w3 + b3).tolist())


def words(vocabulary=7, size=4, units=3, classes=2):
    """Embedding, LSTM that gives its last step, Dense with softmax: numbers of words in, of any length."""
    table = weights(vocabulary, size)
    kernel, recurrent, bias = weights(size, 4 * units), weights(units, 4 * units), weights(4 * units)
    matrix, offset = weights(units, classes), weights(classes)
    embedding = {
        "name": "embedding",
        "trainable": True,
        "batch_input_shape": [None, None],
        "dtype": "float32",
        "input_dim": vocabulary,
        "output_dim": size,
        "embeddings_initializer": {"class_name": "RandomUniform", "config": {"minval": -0.05, "maxval": 0.05}},
        "embeddings_regularizer": None,
        "activity_regularizer": None,
        "embeddings_constraint": None,
        "mask_zero": False,
        "input_length": None,
    }
    lstm = initialised(
        name="lstm",
        units=units,
        activation="tanh",
        recurrent_activation="sigmoid",
        return_sequences=False,
        return_state=False,
        go_backwards=False,
        stateful=False,
        unroll=False,
        time_major=False,
        unit_forget_bias=True,
        recurrent_initializer={"class_name": "Orthogonal", "config": {"gain": 1.0, "seed": None}},
        recurrent_regularizer=None,
        recurrent_constraint=None,
        dropout=0.0,
        recurrent_dropout=0.0,
        implementation=2,
    )
    write(
        "words.h5",
        "Sequential",
        {
            "name": "sequential_1",
            "layers": [
                {"class_name": "Embedding", "config": embedding},
                {"class_name": "LSTM", "config": lstm},
                dense("dense", classes, "softmax"),
            ],
        },
        [
            ("embedding", {"embeddings": table}),
            ("lstm", {"lstm_cell/kernel": kernel, "lstm_cell/recurrent_kernel": recurrent, "lstm_cell/bias": bias}),
            ("dense", {"kernel": matrix, "bias": offset}),
        ],
    )
    state, cell = np.zeros(units), np.zeros(units)
    for word in [3, 0, 6, 1, 5]:
        i, f, c, o = np.split(table[word] @ kernel + state @ recurrent + bias, 4)
        cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(c)
        state = sigmoid(o) * np.tanh(cell)
    print("words.h5", softmax(state @ matrix + offset).tolist())


images()
branches()
words()
