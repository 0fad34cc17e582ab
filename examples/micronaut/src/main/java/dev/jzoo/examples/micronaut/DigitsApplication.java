package dev.jzoo.examples.micronaut;

import dev.jzoo.inference.pictures.ImageClassifier;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.runtime.Micronaut;
import jakarta.inject.Singleton;
import java.io.IOException;

@Factory
public class DigitsApplication {

    public static void main(String[] args) {
        Micronaut.run(DigitsApplication.class, args);
    }

    /** Creates one model for all requests. Threads may call it at the same time. */
    @Singleton
    @Bean(preDestroy = "close")
    ImageClassifier digits() throws IOException {
        return ImageClassifier.load("mnist-lenet");
    }
}
