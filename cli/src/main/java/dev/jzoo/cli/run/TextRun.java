package dev.jzoo.cli.run;

import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.inference.text.Sampling;
import dev.jzoo.inference.text.TextGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code run} prints of a generator.
 *
 * @param prompt what the text begins with
 * @param text what the model has written behind it
 */
public record TextRun(String prompt, String text, String provider) {

    /**
     * Writes. People see the prompt and each character as it comes.
     *
     * @param prompts none, or one text
     */
    public static void print(
            Output output, TextGenerator generator, List<String> prompts, int length, Sampling sampling)
            throws IOException {
        if (prompts.size() > 1) {
            throw new UsageException(generator.model().name() + " goes on with one text; " + prompts.size()
                    + " were given. Put one with spaces into quotes.");
        }
        if (length < 0) {
            throw new UsageException("--length is 0 or more, not " + length + ".");
        }
        String prompt = String.join("", prompts);
        Stream<String> characters = UsageException.unlessRefused(() -> generator.stream(prompt, sampling))
                .limit(length);
        if (output.form() == Output.OutputFormat.JSON) {
            String text = characters.collect(Collectors.joining());
            output.print(new TextRun(prompt, text, generator.model().provider()), out -> {});
            return;
        }
        PrintWriter out = output.host().out();
        out.print(prompt);
        characters.forEach(character -> {
            out.print(character);
            out.flush();
        });
        out.println();
        out.flush();
    }
}
