package dev.jzoo.inference.text;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.TaskLoader;
import dev.jzoo.inference.TaskModel;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A model that writes text, one character at a time. Each character is drawn from the model's prediction for the text so
 * far and then becomes part of that text. Holds native memory until it is closed. Like an {@link OnnxModel}, it can be
 * shared by threads.
 *
 * <pre>{@code
 * try (TextGenerator shakespeare = TextGenerator.load("shakespeare-lstm")) {
 *     System.out.println(shakespeare.generate("ROMEO:", 200, Sampling.standard()));
 * }
 * }</pre>
 *
 * The graph takes numbers of characters, int64 [batch, time], and returns the probabilities of the character after each,
 * float [batch, time, characters]. A recurrent network also takes its states, float [layers, batch, units], and returns
 * them: NAME_in becomes NAME_out. A network without states has a fixed number of steps and looks back only. The characters
 * are the labels of the card.
 */
public final class TextGenerator extends TaskModel {

    private static final TaskLoader<TextGenerator> LOADER = new TaskLoader<>(TextGenerator::new);

    /** The prompt used for an empty prompt: text begins as after the end of a line. */
    private static final String LINE_BREAK = "\n";

    private final TextPorts ports;
    private final Alphabet alphabet;

    private TextGenerator(OnnxModel model) throws DataFormatException {
        super(model);
        ports = TextPorts.of(model);
        alphabet = Alphabet.of(model, ports.probabilities());
    }

    /** Opens a model on the CPU; see {@link #load(String, Device)}. */
    public static TextGenerator load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloading it if needed, or a file.
     *
     * @param idOrPath "shakespeare-lstm", "shakespeare-lstm@1.0.0", "text.onnx", or a folder with a model.onnx
     * @throws JZooException NOT_FOUND if the model does not exist, naming the most similar one; BAD_INPUT if it is not a
     *     text generator; DEVICE if the device cannot be used
     * @throws DataFormatException if the file is not an ONNX model, or its labels are not characters
     */
    public static TextGenerator load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails like {@link #load(String, Device)}. */
    public static TextGenerator open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Wraps an open model, which is closed with this generator, or at once if it is not a text generator. */
    public static TextGenerator of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /**
     * Continues a text.
     *
     * @param prompt the beginning of the text; empty for the beginning of a line
     * @param characters number of characters to write, at least 0
     * @return the continuation, without the prompt
     * @throws IllegalArgumentException naming the prompt's characters that the model does not know; also on an empty prompt
     *     if the model does not know the line break
     * @throws JZooException BAD_INPUT if the model returns invalid probabilities
     */
    public String generate(String prompt, int characters, Sampling sampling) {
        if (characters < 0) {
            throw new IllegalArgumentException("The number of characters is at least 0, not " + characters + ".");
        }
        return stream(prompt, sampling).limit(characters).collect(Collectors.joining());
    }

    /**
     * Continues a text endlessly, one character at a time: {@code stream(...).limit(200).forEach(out::print)}. Each
     * character is computed when it is requested. Fails like {@link #generate}.
     *
     * @return texts of one character each, in order; sequential
     */
    public Stream<String> stream(String prompt, Sampling sampling) {
        if (prompt.isEmpty() && !alphabet.has(LINE_BREAK)) {
            throw new IllegalArgumentException("The prompt is empty, and " + model().name()
                    + " does not know the line break that an empty prompt stands for; pass at least one character.");
        }
        long[] ids = alphabet.encode(prompt.isEmpty() ? LINE_BREAK : prompt);
        TextContinuation continuation = new TextContinuation(model(), ports, alphabet, ids, sampling);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(continuation, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Returns all characters that the model knows, in the order of their numbers. */
    public String characters() {
        return alphabet.toString();
    }
}
