package dev.jzoo.labs;

/** A chapter of the course, in reading order. */
public enum Chapter {
    PERCEPTRONS("Perceptrons", "One neuron: its decision line, its learning rule, its losses."),
    BACKPROPAGATION("Backpropagation", "The chain rule, by hand and by program, from one number to a network."),
    DESCENT("Gradient descent", "From a line search to Adam: how the weights find a minimum."),
    PRACTICE("Training in practice", "Search, batches, clipping, smoothing and debugging."),
    INITIALISATION("Initialisation", "Why networks start with random weights, and how large these must be."),
    REGULARISATION("Regularisation", "Less overfitting: dropout, weight decay, early stopping, normalisation."),
    GENERALISATION("Generalisation", "Bias, variance, double descent, and spaces of many dimensions."),
    CONVOLUTION("Convolutional networks", "Filters, pooling, feature maps, and what a network looks at."),
    SEQUENCES("Sequences", "Recurrent networks, memory, attention, and text."),
    TRANSFER("From lab to product", "Pretrained networks on new data: transfer, freezing, domain shift.");

    private final String title;
    private final String summary;

    Chapter(String title, String summary) {
        this.title = title;
        this.summary = summary;
    }

    /** Returns the heading. */
    public String title() {
        return title;
    }

    /** Returns one sentence about the contents. */
    public String summary() {
        return summary;
    }
}
