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
 * The result of {@code run} for a text generator.
 *
 * @param prompt the beginning of the text
 * @param text the model's continuation
 */
public record TextRun(String prompt, String text, String provider) {

    /**
     * Generates text. Without {@code --json} it prints the prompt, then each character as soon as it is generated.
     *
     * @param prompts empty, or one text
     */
    public static void print(
            Output output, TextGenerator generator, List<String> prompts, int length, Sampling sampling)
            throws IOException {
        if (prompts.size() > 1) {
            throw new UsageException(generator.model().name() + " continues one text, found " + prompts.size()
                    + ". Put a text with spaces in quotes.");
        }
        if (length < 0) {
            throw new UsageException("--length is at least 0, not " + length + ".");
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
