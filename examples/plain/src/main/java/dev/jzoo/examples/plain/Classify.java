package dev.jzoo.examples.plain;

import dev.jzoo.inference.pictures.ImageClassifier;
import java.io.IOException;
import java.nio.file.Path;

/** A program that prints the digit in a picture. */
public final class Classify {

    private Classify() {}

    public static void main(String[] args) throws IOException {
        try (ImageClassifier digits = ImageClassifier.load("mnist-lenet")) {
            System.out.println(digits.classify(Path.of(args[0])));
        }
    }
}
