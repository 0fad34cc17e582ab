package dev.jzoo.training;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A library that trains networks. */
public enum Engine {
    /** Deep Java Library 0.35 on PyTorch 2.7. */
    DJL("djl", "DJL"),
    /** Deeplearning4j 1.0.0-M2.1 on ND4J's native backend. */
    DL4J("dl4j", "Deeplearning4j");

    private final String id;
    private final String title;

    Engine(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The engine of that name. Fails with IllegalArgumentException, naming those there are. */
    public static Engine of(String id) {
        return Arrays.stream(values())
                .filter(engine -> engine.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No engine '" + id + "'; there are "
                        + Arrays.stream(values()).map(Engine::id).collect(Collectors.joining(" and ")) + "."));
    }

    /** Name on the command line: "djl". */
    @JsonValue
    public String id() {
        return id;
    }

    /** Name for people: "DJL". */
    public String title() {
        return title;
    }
}
