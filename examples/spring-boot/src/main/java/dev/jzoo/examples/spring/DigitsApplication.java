package dev.jzoo.examples.spring;

import dev.jzoo.inference.pictures.ImageClassifier;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class DigitsApplication {

    public static void main(String[] args) {
        SpringApplication.run(DigitsApplication.class, args);
    }

    /**
     * Creates one model for all requests. Threads may call it at the same time. Spring closes it, since it is
     * AutoCloseable.
     */
    @Bean
    ImageClassifier digits() throws IOException {
        return ImageClassifier.load("mnist-lenet");
    }
}
