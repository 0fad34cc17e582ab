package dev.jzoo.inference.text;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.error.JZooException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An endless continuation of a text, character by character. Each character costs the same, however long the text is: a
 * model with states reads only the last character, and the states contain the rest; a model with a window reads the end of
 * the text.
 */
final class TextContinuation implements Iterator<String> {

    private final OnnxModel model;
    private final TextPorts ports;
    private final Alphabet alphabet;
    private final Sampler sampler;
    private final Set<String> wanted = new HashSet<>();
    private Map<String, Tensor> states;
    private long[] unread;
    private long[] window = new long[0];

    /**
     * @param prompt the numbers of the prompt's characters, at least one
     */
    TextContinuation(OnnxModel model, TextPorts ports, Alphabet alphabet, long[] prompt, Sampling sampling) {
        this.model = model;
        this.ports = ports;
        this.alphabet = alphabet;
        sampler = sampling.begin();
        states = ports.zeros();
        unread = prompt;
        wanted.add(ports.probabilities().name());
        ports.states().values().forEach(state -> wanted.add(state.name()));
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public String next() {
        float[] probabilities = ports.window() == 0 ? readOn() : readWindow();
        int chosen;
        try {
            chosen = sampler.choose(probabilities);
        } catch (IllegalArgumentException e) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model.name() + " returned invalid probabilities: " + e.getMessage(),
                    "Check that its graph ends in a softmax.",
                    e);
        }
        unread = new long[] {chosen};
        return alphabet.character(chosen);
    }

    /** Returns the model's output for the characters that it has not read yet. */
    private float[] readOn() {
        Map<String, Tensor> inputs = new LinkedHashMap<>(states);
        inputs.put(ports.ids().name(), Tensor.ofLongs(unread, 1, unread.length));
        Map<String, Tensor> results = model.run(inputs, wanted);
        states = ports.left(results);
        return probabilities(results, unread.length - 1);
    }

    /**
     * Returns the model's output for the end of the text. A text shorter than the window is put at the window's beginning;
     * the rest of the window does not matter to a model that looks back only.
     */
    private float[] readWindow() {
        long[] text = Arrays.copyOf(window, window.length + unread.length);
        System.arraycopy(unread, 0, text, window.length, unread.length);
        window = Arrays.copyOfRange(text, Math.max(0, text.length - ports.window()), text.length);
        Tensor ids = Tensor.ofLongs(Arrays.copyOf(window, ports.window()), 1, ports.window());
        return probabilities(model.run(Map.of(ports.ids().name(), ids), wanted), window.length - 1);
    }

    private float[] probabilities(Map<String, Tensor> results, int step) {
        Tensor result = Objects.requireNonNull(results.get(ports.probabilities().name()));
        float[] all = (float[]) result.elements();
        return Arrays.copyOfRange(all, step * alphabet.size(), (step + 1) * alphabet.size());
    }
}
