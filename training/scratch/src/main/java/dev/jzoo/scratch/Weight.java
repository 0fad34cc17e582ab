package dev.jzoo.scratch;

/** A parameter that is trained: its value, and the gradient of the loss with respect to it. Optimisers change the value in place. */
public final class Weight {

    private final String name;
    private final Array value;
    private Array gradient;

    /**
     * Creates a parameter with its initial value.
     *
     * @param name name within its layer, such as "weight" or "bias"
     */
    public Weight(String name, Array value) {
        this.name = name;
        this.value = value;
        this.gradient = Array.zeros(value.shape());
    }

    /** Returns the name within its layer. */
    public String name() {
        return name;
    }

    /** Returns the value itself, not a copy. */
    public Array value() {
        return value;
    }

    /** Copies other values into this weight, such as the best ones of a training. */
    public void setValue(Array other) {
        System.arraycopy(other.reshape(value.shape()).values(), 0, value.values(), 0, value.count());
    }

    /** Returns the gradient of the last backward pass, of the same shape. */
    public Array gradient() {
        return gradient;
    }

    /** Sets the gradient, once for each backward pass. */
    public void setGradient(Array other) {
        gradient = other.reshape(value.shape());
    }
}
