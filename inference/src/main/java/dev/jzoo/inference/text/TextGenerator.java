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
 * Writes text, one character after the other: each is drawn from what the model says to all before it, and is read in turn.
 * Holds native memory until it is closed; threads may share it, as they may an {@link OnnxModel}.
 *
 * <pre>{@code
 * try (TextGenerator shakespeare = TextGenerator.load("shakespeare-lstm")) {
 *     System.out.println(shakespeare.generate("ROMEO:", 200, Sampling.standard()));
 * }
 * }</pre>
 *
 * The graph takes numbers of characters, int64 [batch, time], and gives the probabilities of the character behind each,
 * float [batch, time, characters]. A recurrent network takes its states too, float [layers, batch, units], and gives them
 * back: NAME_in becomes NAME_out. A network without states has a fixed number of steps and looks back only. The
 * characters are the labels of the card.
 */
public final class TextGenerator extends TaskModel {

    private static final TaskLoader<TextGenerator> LOADER = new TaskLoader<>(TextGenerator::new);

    /** What an empty prompt stands for: text begins as after the end of a line. */
    private static final String LINE_BREAK = "\n";

    private final TextPorts ports;
    private final Alphabet alphabet;

    private TextGenerator(OnnxModel model) throws DataFormatException {
        super(model);
        ports = TextPorts.of(model);
        alphabet = Alphabet.of(model, ports.probabilities());
    }

    /** Opens a model on the processor; see {@link #load(String, Device)}. */
    public static TextGenerator load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloaded if need be, or a file.
     *
     * @param idOrPath "shakespeare-lstm", "shakespeare-lstm@1.0.0", "text.onnx", or a folder that has a model.onnx
     * @throws JZooException NOT_FOUND where there is none, naming the nearest; BAD_INPUT where it writes no text, saying what
     *     it needs; DEVICE where the device cannot be used
     * @throws DataFormatException where the file is no ONNX model, or its labels are no characters
     */
    public static TextGenerator load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails as {@link #load(String, Device)}. */
    public static TextGenerator open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Takes over an open model, which is closed with this generator, or at once where it writes no text. */
    public static TextGenerator of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /**
     * Continues a text.
     *
     * @param prompt what the text begins with; empty for the beginning of a line
     * @param characters how many to write, 0 or more
     * @return what follows, without the prompt
     * @throws IllegalArgumentException naming the prompt's characters that the model does not know; on an empty prompt where
     *     the model knows no line break
     * @throws JZooException BAD_INPUT where the model gives no probabilities
     */
    public String generate(String prompt, int characters, Sampling sampling) {
        if (characters < 0) {
            throw new IllegalArgumentException("A text has 0 characters or more, not " + characters + ".");
        }
        return stream(prompt, sampling).limit(characters).collect(Collectors.joining());
    }

    /**
     * Continues a text without end, a character at a time: {@code stream(...).limit(200).forEach(out::print)}. Each is computed
     * when it is asked for. Fails as {@link #generate}.
     *
     * @return texts of one character each, in order; sequential
     */
    public Stream<String> stream(String prompt, Sampling sampling) {
        if (prompt.isEmpty() && !alphabet.has(LINE_BREAK)) {
            throw new IllegalArgumentException("The prompt is empty, and " + model().name()
                    + " knows no line break to begin behind; give it at least one character.");
        }
        long[] ids = alphabet.encode(prompt.isEmpty() ? LINE_BREAK : prompt);
        TextContinuation continuation = new TextContinuation(model(), ports, alphabet, ids, sampling);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(continuation, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** All characters that the model knows, in the order of their numbers. */
    public String characters() {
        return alphabet.toString();
    }
}
