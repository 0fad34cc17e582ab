package dev.jzoo.export.dl4j.keras;

import dev.jzoo.export.dl4j.keras.model.RandomModels.LayerSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A random layer of each class: sizes, numbers in its settings, and the shapes of its weights. */
final class LayerSpecs {

    private final Random random;
    private final String className;
    private final Map<String, String> settings;
    private final Map<String, int[]> weights = new LinkedHashMap<>();

    private LayerSpecs(String className, Map<String, String> chosen, Random random) {
        this.className = className;
        this.random = random;
        this.settings = new LinkedHashMap<>(chosen);
    }

    /** @param chosen settings that have a fixed set of values */
    static LayerSpec of(String className, Map<String, String> chosen, Random random) {
        LayerSpecs specs = new LayerSpecs(className, chosen, random);
        int[] input = specs.input();
        return new LayerSpec(className, specs.json(), input, specs.weights);
    }

    private String json() {
        return settings.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private int[] sizes(int count, int least, int most) {
        return random.ints(count, least, most + 1).toArray();
    }

    private void set(String key, Object value) {
        settings.put(key, value instanceof int[] list ? Arrays.toString(list) : value.toString());
    }

    private boolean is(String key, String value) {
        return value.equals(settings.get(key));
    }

    private boolean isFirst() {
        return is("data_format", "\"channels_first\"");
    }

    private int axes() {
        return className.charAt(
                        className.indexOf('D', className.length() - 1) < 0
                                ? className.indexOf("DTranspose") - 1
                                : className.length() - 2)
                - '0';
    }

    private static int[] dims(int[] first, int... rest) {
        int[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    /** Inserts the channels at the layer's position for them. */
    private int[] withChannels(int[] spatial, int channels) {
        return isFirst() ? dims(new int[] {channels}, spatial) : dims(spatial, channels);
    }

    private int[] pictures(int least, int channels) {
        return withChannels(sizes(axes(), least, 8), channels);
    }

    private int[] input() {
        if (className.contains("Conv") || className.startsWith("LocallyConnected")) {
            return convolution();
        } else if (className.contains("Pooling")) {
            return pooling();
        } else if (className.startsWith("ZeroPadding") || className.startsWith("Cropping")) {
            int[][] pairs = new int[axes()][];
            Arrays.setAll(pairs, axis -> sizes(2, 0, 2));
            set(
                    className.startsWith("Zero") ? "padding" : "cropping",
                    axes() == 1 ? pairs[0] : Arrays.deepToString(pairs));
            return pictures(5, from(1, 3));
        } else if (className.startsWith("UpSampling")) {
            set("size", axes() == 1 ? (Object) from(1, 3) : sizes(axes(), 1, 3));
            return pictures(2, from(1, 3));
        }
        return switch (className) {
            case "LSTM", "GRU", "SimpleRNN", "Bidirectional", "TimeDistributed" -> sequences();
            case "Dense", "Embedding", "Masking", "BatchNormalization", "LayerNormalization", "PReLU" -> weighted();
            default -> other();
        };
    }

    private int[] convolution() {
        int axes = axes();
        int channels = 2 * from(1, 2);
        int filters = 2 * from(1, 3);
        int[] kernel = sizes(axes, 1, 3);
        boolean transposed = className.endsWith("Transpose");
        boolean dilated = !transposed && !className.startsWith("Local") && random.nextBoolean();
        set("kernel_size", kernel);
        boolean square = className.startsWith("Separable") || className.startsWith("Depthwise");
        int[] strides = sizes(axes, 1, 3);
        set("strides", dilated ? ones(axes) : square ? equal(axes, strides[0]) : strides);
        if (!transposed && !className.startsWith("Local")) {
            set("dilation_rate", dilated ? sizes(axes, 1, 2) : ones(axes));
        }
        int[] input = pictures(6, channels);
        if (className.startsWith("Depthwise")) {
            int multiplier = from(1, 3);
            set("depth_multiplier", multiplier);
            weights.put("depthwise_kernel", dims(kernel, channels, multiplier));
            weights.put("bias", new int[] {channels * multiplier});
            return input;
        }
        set("filters", filters);
        weights.put("bias", new int[] {filters});
        if (className.startsWith("Separable")) {
            int multiplier = from(1, 3);
            set("depth_multiplier", multiplier);
            weights.put("depthwise_kernel", dims(kernel, channels, multiplier));
            weights.put("pointwise_kernel", dims(ones(axes), channels * multiplier, filters));
        } else if (className.startsWith("Local")) {
            int[] places = new int[axes];
            Arrays.setAll(places, axis -> (input[axis] - kernel[axis]) / strides[axis] + 1);
            weights.put("kernel", new int[] {product(places), product(kernel) * channels, filters});
            weights.put("bias", dims(places, filters));
        } else if (transposed) {
            weights.put("kernel", dims(kernel, filters, channels));
        } else {
            int groups = from(1, 2);
            set("groups", groups);
            weights.put("kernel", dims(kernel, channels / groups, filters));
            return opened(input, kernel, dilated ? ones(axes) : square ? equal(axes, strides[0]) : strides);
        }
        return input;
    }

    /** Opens spatial axes, unless the padding depends on a size that ONNX Runtime treats differently. */
    private int[] opened(int[] input, int[] window, int[] strides) {
        boolean gaps = false;
        for (int axis = 0; axis < window.length; axis++) {
            gaps |= strides[axis] > window[axis];
        }
        if (axes() > 2 || gaps && is("padding", "\"same\"") || random.nextBoolean()) {
            return input;
        }
        int[] open = input.clone();
        Arrays.fill(open, isFirst() ? 1 : 0, isFirst() ? open.length : open.length - 1, -1);
        return open;
    }

    private static int[] ones(int count) {
        return equal(count, 1);
    }

    private static int[] equal(int count, int value) {
        int[] list = new int[count];
        Arrays.fill(list, value);
        return list;
    }

    private static int product(int[] list) {
        return Arrays.stream(list).reduce(1, Math::multiplyExact);
    }

    private int[] pooling() {
        int[] window = sizes(axes(), 1, 3);
        int[] strides = random.nextInt(3) == 0 ? window : sizes(axes(), 1, 3);
        if (!className.startsWith("Global")) {
            set("pool_size", window);
            set("strides", strides == window ? "null" : strides);
        }
        return opened(pictures(4, from(1, 3)), window, strides);
    }

    private int[] sequences() {
        int in = from(1, 4);
        int units = from(1, 4);
        int time = random.nextBoolean() ? -1 : from(2, 6);
        if (className.equals("TimeDistributed")) {
            set(
                    "layer",
                    "{\"class_name\": \"Conv1D\", \"config\": {\"name\": \"inner\", \"filters\": " + units
                            + ", \"kernel_size\": [2], \"strides\": [1]}}");
            weights.put("inner/kernel", new int[] {2, in, units});
            weights.put("inner/bias", new int[] {units});
            return new int[] {time, from(3, 5), in};
        } else if (className.equals("Bidirectional")) {
            String cell = List.of("LSTM", "GRU", "SimpleRNN").get(random.nextInt(3));
            LayerSpec inner = of(
                    cell,
                    Map.of(
                            "activation",
                            "\"tanh\"",
                            "recurrent_activation",
                            "\"sigmoid\"",
                            "return_sequences",
                            Boolean.toString(random.nextBoolean()),
                            "go_backwards",
                            Boolean.toString(random.nextInt(4) == 0)),
                    random);
            String settings = cell.equals("SimpleRNN")
                    ? inner.settings().replaceFirst("\"recurrent_activation\": \"sigmoid\"(, )?", "")
                    : inner.settings();
            settings = settings.replaceFirst(", $", "");
            set("layer", "{\"class_name\": \"" + cell + "\", \"config\": {\"name\": \"cell\", " + settings + "}}");
            inner.weights().forEach((role, dims) -> {
                weights.put("forward/cell/" + role, dims);
                weights.put("backward/cell/" + role, dims);
            });
            return inner.input();
        }
        int gates = className.equals("LSTM") ? 4 : className.equals("GRU") ? 3 : 1;
        set("units", units);
        weights.put("kernel", new int[] {in, gates * units});
        weights.put("recurrent_kernel", new int[] {units, gates * units});
        weights.put("bias", is("reset_after", "true") ? new int[] {2, gates * units} : new int[] {gates * units});
        return new int[] {time, in};
    }

    private int[] weighted() {
        int[] shape = sizes(from(1, 4), 2, 5);
        int last = shape[shape.length - 1];
        switch (className) {
            case "Dense" -> {
                int units = from(1, 5);
                set("units", units);
                weights.put("kernel", new int[] {last, units});
                weights.put("bias", new int[] {units});
            }
            case "Embedding" -> {
                int words = from(2, 9);
                set("input_dim", words);
                set("output_dim", last);
                weights.put("embeddings", new int[] {words, last});
                return new int[] {random.nextBoolean() ? -1 : from(2, 6)};
            }
            case "Masking" -> {
                set("mask_value", List.of("0.0", "-1.0", "2.5").get(random.nextInt(3)));
                return new int[] {from(2, 6), from(1, 4)};
            }
            case "BatchNormalization" -> {
                int axis = from(1, shape.length);
                set("axis", random.nextBoolean() ? (Object) new int[] {axis} : axis - shape.length - 1);
                set("epsilon", "0.002");
                for (String role : List.of("gamma", "beta", "moving_mean", "moving_variance")) {
                    weights.put(role, new int[] {shape[axis - 1]});
                }
            }
            case "LayerNormalization" -> {
                set("axis", new int[] {shape.length});
                set("epsilon", "0.002");
                weights.put("gamma", new int[] {last});
                weights.put("beta", new int[] {last});
            }
            default -> {
                int[] alpha = shape.clone();
                int shared = from(1, shape.length);
                if (random.nextBoolean()) {
                    set("shared_axes", new int[] {shared});
                    alpha[shared - 1] = 1;
                }
                weights.put("alpha", alpha);
            }
        }
        return shape;
    }

    private int[] other() {
        int[] shape = sizes(from(1, 4), 2, 5);
        switch (className) {
            case "LeakyReLU", "ELU" -> set("alpha", "0.2");
            case "ThresholdedReLU" -> set("theta", "0.4");
            case "ReLU" -> {
                set("max_value", random.nextBoolean() ? "null" : "1.2");
                set("negative_slope", random.nextBoolean() ? "0.0" : "0.15");
                set("threshold", random.nextBoolean() ? "0.0" : "0.4");
            }
            case "Softmax" -> set("axis", from(1, shape.length));
            case "Reshape" -> set("target_shape", new int[] {-1, shape[0]});
            case "Permute" -> {
                set("dims", new int[] {3, 1, 2});
                return sizes(3, 2, 5);
            }
            case "RepeatVector" -> {
                set("n", from(1, 4));
                return sizes(1, 2, 5);
            }
            case "Concatenate" -> set("axis", from(1, shape.length));
            default -> {
                // Only a shape.
            }
        }
        return shape;
    }
}
