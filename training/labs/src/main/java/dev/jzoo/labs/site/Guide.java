package dev.jzoo.labs.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A chapter of prose with mathematics that leads through labs. */
public enum Guide {
    STOCHASTIC_GRADIENT_DESCENT("stochastic-gradient-descent", "Stochastic gradient descent"),
    PERCEPTRONS_AND_BACKPROPAGATION("perceptrons-and-backpropagation", "Perceptrons and backpropagation"),
    CONVOLUTIONAL_NETWORKS("convolutional-networks", "Convolutional networks"),
    OPTIMISATION_AND_VISION("optimisation-and-vision", "Optimisation and vision");

    private final String id;
    private final String title;

    Guide(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** Returns the id, such as {@code convolutional-networks}. Its page is {@code guide-ID.html}. */
    public String id() {
        return id;
    }

    /** Returns the heading. */
    public String title() {
        return title;
    }

    /** Returns the text as Markdown with formulas. A link to {@code gradient-descent.html} is a link to that lab's page. */
    public String markdown() {
        try (InputStream in = Guide.class.getResourceAsStream(id + ".md")) {
            if (in == null) {
                throw new IllegalStateException("The guide " + id + " is missing in the library's jar.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The guide " + id + " in the library's jar cannot be read.", e);
        }
    }
}
