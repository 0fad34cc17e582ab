package dev.jzoo.training;

/**
 * How weights follow their gradients, the same in every engine. Weight decay touches what has two or more axes: neither biases
 * nor the parameters of normalisations. {@code toString} describes it for people.
 */
public sealed interface Optimizer {

    /** Share of each weight that a step takes away, times the learning rate; 0 for none. */
    double weightDecay();

    /** Returns the same optimiser with another weight decay. */
    Optimizer withWeightDecay(double other);

    /** Names the optimiser and all of its settings except weight decay. */
    String title();

    /**
     * Stochastic gradient descent: velocity = momentum velocity + gradient, weight -= rate velocity.
     *
     * @param momentum share of the velocity that stays, from 0 (none) to below 1
     * @param weightDecay added to the gradient, times the weight
     */
    record Sgd(double momentum, double weightDecay) implements Optimizer {
        public Sgd {
            requireShare("Momentum", momentum);
            requireDecay(weightDecay);
        }

        @Override
        public Optimizer withWeightDecay(double other) {
            return new Sgd(momentum, other);
        }

        @Override
        public String title() {
            return "stochastic gradient descent " + (momentum == 0 ? "without momentum" : "with momentum " + momentum);
        }

        @Override
        public String toString() {
            return title() + decay(weightDecay);
        }
    }

    /**
     * Gradient descent that looks ahead (Nesterov, 1983, as in Sutskever et al., 2013): velocity = momentum velocity + gradient,
     * weight -= rate (gradient + momentum velocity).
     *
     * @param momentum share of the velocity that stays, from 0 to below 1
     * @param weightDecay added to the gradient, times the weight
     */
    record Nesterov(double momentum, double weightDecay) implements Optimizer {
        public Nesterov {
            requireShare("Momentum", momentum);
            requireDecay(weightDecay);
        }

        @Override
        public Optimizer withWeightDecay(double other) {
            return new Nesterov(momentum, other);
        }

        @Override
        public String title() {
            return "stochastic gradient descent with Nesterov momentum " + momentum;
        }

        @Override
        public String toString() {
            return title() + decay(weightDecay);
        }
    }

    /**
     * Adam (Kingma and Ba, 2015) in the form at the end of its section 2, where epsilon stands beside the uncorrected second
     * moment; with weight decay, AdamW (Loshchilov and Hutter, 2019): decay is not part of the gradient.
     *
     * @param beta1 of the first moment
     * @param beta2 of the second moment
     * @param epsilon above 0
     * @param weightDecay decoupled from the gradient
     */
    record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {
        public Adam {
            requireShare("Beta 1", beta1);
            requireShare("Beta 2", beta2);
            requireDecay(weightDecay);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("Epsilon is above 0, not " + epsilon + ".");
            }
        }

        @Override
        public Optimizer withWeightDecay(double other) {
            return new Adam(beta1, beta2, epsilon, other);
        }

        @Override
        public String title() {
            return "Adam, beta " + beta1 + " and " + beta2 + ", epsilon "
                    + Double.toString(epsilon).replace("1.0E-8", "1e-8");
        }

        @Override
        public String toString() {
            return title() + decay(weightDecay);
        }
    }

    /** Gradient descent without momentum. */
    static Optimizer sgd() {
        return new Sgd(0, 0);
    }

    /** Gradient descent with momentum and weight decay. */
    static Optimizer momentum(double momentum, double weightDecay) {
        return new Sgd(momentum, weightDecay);
    }

    /** Adam with the settings of its paper. */
    static Optimizer adam() {
        return adamW(0);
    }

    /** Adam with the settings of its paper and decoupled weight decay. */
    static Optimizer adamW(double weightDecay) {
        return new Adam(0.9, 0.999, 1e-8, weightDecay);
    }

    /**
     * Finds an optimiser by its name, with its usual settings: sgd, momentum and nesterov (both with 0.9), adam (without weight decay) or adamw
     * (with 0.01 where the weight decay is 0).
     *
     * @param weightDecay of the optimiser, but adam
     * @throws IllegalArgumentException for another name
     */
    static Optimizer named(String name, double weightDecay) {
        return switch (name) {
            case "sgd" -> new Sgd(0, weightDecay);
            case "momentum" -> new Sgd(0.9, weightDecay);
            case "nesterov" -> new Nesterov(0.9, weightDecay);
            case "adam" -> adam();
            case "adamw" -> adamW(weightDecay == 0 ? 0.01 : weightDecay);
            default ->
                throw new IllegalArgumentException(
                        "No optimiser '" + name + "'. There are sgd, momentum, nesterov, adam, adamw.");
        };
    }

    private static String decay(double weightDecay) {
        return weightDecay == 0 ? "" : ", weight decay " + weightDecay;
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " is from 0 to below 1, not " + value + ".");
        }
    }

    private static void requireDecay(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Weight decay is 0 or more, not " + value + ".");
        }
    }
}
