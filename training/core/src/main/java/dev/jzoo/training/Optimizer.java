package dev.jzoo.training;

/**
 * The rule that updates weights by their gradients, the same in every engine. Weight decay applies only to parameters
 * with two or more axes: not to biases or the parameters of normalisations. {@code toString} describes it for people.
 */
public sealed interface Optimizer {

    /** Returns the share of each weight that a step subtracts, times the learning rate; 0 for none. */
    double weightDecay();

    /** Returns the same optimiser with another weight decay. */
    Optimizer withWeightDecay(double other);

    /** Describes the optimiser and all of its settings except weight decay. */
    String title();

    /**
     * Stochastic gradient descent: velocity = momentum velocity + gradient, weight -= rate velocity.
     *
     * @param momentum share of the velocity that stays, from 0 (none) to below 1
     * @param weightDecay factor of the weight that is added to the gradient
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
     * Gradient descent with Nesterov momentum (Nesterov, 1983, in the form of Sutskever et al., 2013): velocity =
     * momentum velocity + gradient, weight -= rate (gradient + momentum velocity).
     *
     * @param momentum share of the velocity that stays, from 0 to below 1
     * @param weightDecay factor of the weight that is added to the gradient
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
     * Adam (Kingma and Ba, 2015) in the form at the end of its section 2, which adds epsilon to the root of the
     * uncorrected second moment. With weight decay it is AdamW (Loshchilov and Hutter, 2019): decay is not part of the
     * gradient.
     *
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param epsilon above 0
     * @param weightDecay decoupled from the gradient
     */
    record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {
        public Adam {
            requireShare("Beta 1", beta1);
            requireShare("Beta 2", beta2);
            requireDecay(weightDecay);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("Epsilon must be above 0, not " + epsilon + ".");
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

    /** Returns gradient descent without momentum. */
    static Optimizer sgd() {
        return new Sgd(0, 0);
    }

    /** Returns gradient descent with momentum and weight decay. */
    static Optimizer momentum(double momentum, double weightDecay) {
        return new Sgd(momentum, weightDecay);
    }

    /** Returns Adam with the settings of its paper. */
    static Optimizer adam() {
        return adamW(0);
    }

    /** Returns Adam with the settings of its paper and decoupled weight decay. */
    static Optimizer adamW(double weightDecay) {
        return new Adam(0.9, 0.999, 1e-8, weightDecay);
    }

    /**
     * Finds an optimiser by its name, with its usual settings: sgd, momentum and nesterov (both with 0.9), adam
     * (without weight decay) or adamw (with 0.01 if the weight decay is 0).
     *
     * @param weightDecay weight decay of the optimiser; adam ignores it
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
                        "Unknown optimiser '" + name + "'. Choose one of sgd, momentum, nesterov, adam, adamw.");
        };
    }

    private static String decay(double weightDecay) {
        return weightDecay == 0 ? "" : ", weight decay " + weightDecay;
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be from 0 to below 1, not " + value + ".");
        }
    }

    private static void requireDecay(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Weight decay must be 0 or more, not " + value + ".");
        }
    }
}
