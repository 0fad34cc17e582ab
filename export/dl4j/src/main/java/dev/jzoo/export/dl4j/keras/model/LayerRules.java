package dev.jzoo.export.dl4j.keras.model;

import dev.jzoo.zoo.annotation.Internal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The accepted classes of layers, with their accepted settings. */
@Internal
public final class LayerRules {

    private static final TreeMap<String, LayerRule> RULES = new TreeMap<>();

    private LayerRules() {}

    private static LayerRule rule(String className) {
        LayerRule rule = new LayerRule()
                .training("name", "trainable", "activity_regularizer", "batch_input_shape", "batch_size")
                .only("dtype", "\"float32\"");
        RULES.put(className, rule);
        return rule;
    }

    static {
        core();
        shapes();
        activations();
        convolutions();
        pooling();
        recurrence();
    }

    private static void core() {
        rule("InputLayer")
                .only("dtype", "\"float32\"", "\"int32\"", "\"int64\"")
                .only("sparse", "false")
                .only("ragged", "false")
                .only("type_spec");
        rule("Dense")
                .positive("units")
                .required("units")
                .flags("use_bias")
                .oneOf("activation", LayerRule.ACTIVATIONS)
                .initialised("kernel", "bias")
                .weights("kernel")
                .weightIf("bias", "use_bias");
        rule("Embedding")
                .positive("input_dim", "output_dim")
                .required("input_dim", "output_dim")
                .flags("mask_zero")
                .training("input_length") // checks the shape, which the input determines anyway
                .only("sparse", "false")
                .initialised("embeddings")
                .weights("embeddings");
        rule("Masking").reals("mask_value").required("mask_value");
        for (String dropout : new String[] {"Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"}) {
            rule(dropout).training("rate", "noise_shape", "seed", "data_format");
        }
        rule("GaussianNoise").training("stddev", "seed");
        rule("GaussianDropout").training("rate", "seed");
        rule("AlphaDropout").training("rate", "noise_shape", "seed");
        rule("ActivityRegularization").training("l1", "l2");
        rule("BatchNormalization")
                .integers("axis")
                .reals("epsilon")
                .required("axis", "epsilon")
                .flags("center", "scale")
                .training("momentum", "fused", "renorm_clipping", "renorm_momentum")
                .only("renorm", "false")
                .only("virtual_batch_size")
                .only("adjustment")
                .only("synchronized", "false")
                .initialised("gamma", "beta", "moving_mean", "moving_variance")
                .weightIf("gamma", "scale")
                .weightIf("beta", "center")
                .statistics("moving_mean", "moving_variance");
        rule("LayerNormalization")
                .integers("axis")
                .reals("epsilon")
                .required("axis", "epsilon")
                .flags("center", "scale")
                .initialised("gamma", "beta")
                .weightIf("gamma", "scale")
                .weightIf("beta", "center");
        for (String merge : new String[] {"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"}) {
            rule(merge);
        }
        rule("Concatenate").integers("axis").required("axis");
    }

    private static void shapes() {
        rule("Flatten").oneOf("data_format", "channels_last", "channels_first");
        rule("Reshape").integers("target_shape").required("target_shape");
        rule("Permute").positive("dims").required("dims");
        rule("RepeatVector").positive("n").required("n");
        for (int axes = 1; axes <= 3; axes++) {
            LayerRule padding =
                    rule("ZeroPadding" + axes + "D").pairs("padding").required("padding");
            LayerRule cropping = rule("Cropping" + axes + "D").pairs("cropping").required("cropping");
            LayerRule upSampling =
                    rule("UpSampling" + axes + "D").positive("size").required("size");
            if (axes > 1) {
                layout(padding);
                layout(cropping);
                layout(upSampling);
            }
            if (axes == 2) {
                upSampling.oneOf("interpolation", "nearest", "bilinear");
            }
        }
    }

    private static LayerRule layout(LayerRule rule) {
        return rule.oneOf("data_format", "channels_last", "channels_first");
    }

    private static void activations() {
        rule("Activation").oneOf("activation", LayerRule.ACTIVATIONS).required("activation");
        rule("ReLU").reals("max_value", "negative_slope", "threshold");
        rule("LeakyReLU").reals("alpha").required("alpha");
        rule("ELU").reals("alpha").required("alpha");
        rule("ThresholdedReLU").reals("theta").required("theta");
        rule("Softmax").integers("axis").required("axis");
        rule("PReLU").integers("shared_axes").initialised("alpha").weights("alpha");
    }

    private static void convolutions() {
        for (int axes = 1; axes <= 3; axes++) {
            convolution("Conv" + axes + "D")
                    .oneOf(
                            "padding",
                            axes == 1 ? new String[] {"valid", "same", "causal"} : new String[] {"valid", "same"})
                    .positive("filters", "dilation_rate", "groups")
                    .initialised("kernel")
                    .weights("kernel")
                    .weightIf("bias", "use_bias");
            convolution("Conv" + axes + "DTranspose")
                    .oneOf("padding", "valid", "same")
                    .positive("filters")
                    .only("groups", "1")
                    .only("output_padding")
                    .only("dilation_rate", "1", "[1]", "[1,1]", "[1,1,1]")
                    .initialised("kernel")
                    .weights("kernel")
                    .weightIf("bias", "use_bias");
        }
        for (int axes = 1; axes <= 2; axes++) {
            convolution("SeparableConv" + axes + "D")
                    .oneOf("padding", "valid", "same")
                    .positive("filters", "dilation_rate", "depth_multiplier")
                    .only("groups", "1")
                    .initialised("depthwise", "pointwise", "kernel")
                    .weights("depthwise_kernel", "pointwise_kernel")
                    .weightIf("bias", "use_bias");
            convolution("DepthwiseConv" + axes + "D")
                    .oneOf("padding", "valid", "same")
                    .positive("dilation_rate", "depth_multiplier")
                    .only("groups", "1")
                    .only("filters")
                    .initialised("depthwise", "kernel")
                    .weights("depthwise_kernel")
                    .weightIf("bias", "use_bias");
            convolution("LocallyConnected" + axes + "D")
                    .oneOf("padding", "valid")
                    .oneOf("data_format", "channels_last")
                    .positive("filters")
                    .only("implementation", "1")
                    .initialised("kernel")
                    .weights("kernel")
                    .weightIf("bias", "use_bias");
        }
    }

    private static LayerRule convolution(String className) {
        return layout(rule(className))
                .positive("kernel_size", "strides")
                .required("kernel_size")
                .oneOf("activation", LayerRule.ACTIVATIONS)
                .flags("use_bias")
                .initialised("bias");
    }

    private static void pooling() {
        for (int axes = 1; axes <= 3; axes++) {
            for (String kind : new String[] {"Max", "Average"}) {
                layout(rule(kind + "Pooling" + axes + "D"))
                        .positive("pool_size", "strides")
                        .required("pool_size")
                        .oneOf("padding", "valid", "same");
                layout(rule("Global" + kind + "Pooling" + axes + "D")).flags("keepdims");
            }
        }
    }

    private static void recurrence() {
        recurrent("SimpleRNN");
        recurrent("LSTM")
                .oneOf("recurrent_activation", LayerRule.GATES)
                .required("recurrent_activation")
                .training("unit_forget_bias");
        recurrent("GRU")
                .oneOf("recurrent_activation", LayerRule.GATES)
                .required("recurrent_activation")
                .flags("reset_after");
        rule("Bidirectional")
                .oneOf("merge_mode", "concat", "sum", "mul", "ave")
                .wraps("layer", "backward_layer")
                .required("merge_mode", "layer");
        rule("TimeDistributed").wraps("layer").required("layer");
    }

    private static LayerRule recurrent(String className) {
        return rule(className)
                .positive("units")
                .required("units")
                .oneOf("activation", LayerRule.RECURRENT_ACTIVATIONS)
                .required("activation")
                .flags("use_bias", "return_sequences", "go_backwards")
                .only("return_state", "false")
                .only("stateful", "false")
                .only("time_major", "false")
                .only("zero_output_for_mask", "false")
                .training("unroll", "implementation", "dropout", "recurrent_dropout")
                .initialised("kernel", "recurrent", "bias")
                .weights("kernel", "recurrent_kernel")
                .weightIf("bias", "use_bias");
    }

    static Optional<LayerRule> of(String className) {
        return Optional.ofNullable(RULES.get(className));
    }

    /** Returns the names of the accepted classes, sorted. */
    public static Set<String> classNames() {
        return new TreeSet<>(RULES.keySet());
    }

    /** Returns the settings of a class that act at inference. */
    public static Set<String> usedSettings(String className) {
        return RULES.get(className).usedSettings();
    }
}
