package dev.jzoo.training.onnx.operators;

/**
 * The interpolation of Resize, by the formulas of ONNX's reference implementation.
 *
 * @param mode nearest, linear or cubic
 * @param place coordinate_transformation_mode: the position of an output among the inputs
 * @param nearest nearest_mode, the choice of a neighbour: round_prefer_floor, round_prefer_ceil, floor, ceil
 * @param a coefficient of the cubic
 * @param inside whether neighbours beyond the ends are ignored (exclude_outside)
 * @param antialias whether the neighbourhood grows if there are fewer outputs than inputs
 */
record Interpolation(String mode, String place, String nearest, double a, boolean inside, boolean antialias) {

    /**
     * The resizing of an axis.
     *
     * @param inputs input size
     * @param outputs output size
     * @param scale number of outputs per input
     * @param start start of the part that tf_crop_and_resize selects, 0 to 1
     * @param end end of that part
     */
    record AxisSampling(long inputs, long outputs, double scale, double start, double end) {}

    static Interpolation of(NodeAttributes settings) {
        return new Interpolation(
                settings.text("mode", "nearest"),
                settings.text("coordinate_transformation_mode", "half_pixel"),
                settings.text("nearest_mode", "round_prefer_floor"),
                settings.real("cubic_coeff_a", -0.75),
                settings.flag("exclude_outside"),
                settings.flag("antialias"));
    }

    boolean crops() {
        return place.equals("tf_crop_and_resize");
    }

    /**
     * Returns the weights of the inputs for each output, [outputs][inputs]; all 0 if it is outside the selected part.
     */
    float[][] weights(AxisSampling axis) {
        float[][] weights = new float[(int) axis.outputs][(int) axis.inputs];
        for (int i = 0; i < weights.length; i++) {
            double x = place(axis, i);
            if (crops() && (x < 0 || x > axis.inputs - 1)) {
                continue;
            }
            // Distance from the previous input: above 0, at most 1.
            double ratio = x - (Math.ceil(x) - 1);
            double[] near = neighbours(ratio, axis.scale);
            long first = (long) Math.ceil(x) - near.length / 2;
            double sum = 0;
            for (int k = 0; k < near.length; k++) {
                if (inside && (first + k < 0 || first + k >= axis.inputs)) {
                    near[k] = 0;
                }
                sum += near[k];
            }
            for (int k = 0; k < near.length; k++) {
                int input = (int) Math.max(0, Math.min(axis.inputs - 1, first + k));
                weights[i][input] += (float) (inside ? near[k] / sum : near[k]);
            }
        }
        return weights;
    }

    private double place(AxisSampling axis, int output) {
        double outputs = axis.scale * axis.inputs;
        double last = axis.inputs - 1;
        return switch (place) {
            case "align_corners" -> outputs == 1 ? 0 : output * last / (outputs - 1);
            case "asymmetric" -> output / axis.scale;
            case "pytorch_half_pixel" -> outputs == 1 ? -0.5 : (output + 0.5) / axis.scale - 0.5;
            case "half_pixel_symmetric" ->
                axis.inputs / 2.0 * (1 - axis.outputs / outputs) + (output + 0.5) / axis.scale - 0.5;
            case "tf_crop_and_resize" ->
                axis.start * last
                        + (outputs == 1
                                ? (axis.end - axis.start) * last / 2
                                : output * (axis.end - axis.start) * last / (outputs - 1));
            default -> (output + 0.5) / axis.scale - 0.5;
        };
    }

    /** Returns the weights of equal numbers of neighbours before and after. */
    private double[] neighbours(double ratio, double scale) {
        return switch (mode) {
            case "nearest" -> {
                boolean behind = ratio == 1
                        || switch (nearest) {
                            case "floor" -> false;
                            case "ceil" -> true;
                            case "round_prefer_ceil" -> ratio >= 0.5;
                            default -> ratio > 0.5;
                        };
                yield new double[] {behind ? 0 : 1, behind ? 1 : 0};
            }
            case "linear" -> spread(ratio, antialias ? Math.min(scale, 1) : 1, 1);
            default -> spread(ratio, antialias ? Math.min(scale, 1) : 1, 2);
        };
    }

    private double[] spread(double ratio, double scale, int reach) {
        int start = (int) Math.floor(-reach / scale) + 1;
        double[] weights = new double[2 - 2 * start];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double distance = Math.abs((start + i - ratio) * scale);
            weights[i] = reach == 1 ? Math.max(0, 1 - distance) : cubic(distance);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private double cubic(double x) {
        if (x <= 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }
}
