package dev.jzoo.labs.text;

import dev.jzoo.labs.math.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a text into blocks. */
final class MarkdownBlocks {

    private static final Pattern HEADING = Pattern.compile("(#{2,4}) +(.+)");
    private static final Pattern BULLET = Pattern.compile("- +(.+)");
    private static final Pattern NUMBERED = Pattern.compile("[0-9]+\\. +(.+)");
    private static final Pattern DISPLAY = Pattern.compile("\\$\\$(.+)\\$\\$");

    private final List<MarkdownBlock> blocks = new ArrayList<>();
    private final List<String> lines;
    private int at;

    private MarkdownBlocks(List<String> lines) {
        this.lines = lines;
    }

    static List<MarkdownBlock> read(String source) {
        MarkdownBlocks reader = new MarkdownBlocks(source.lines().toList());
        while (reader.at < reader.lines.size()) {
            reader.block();
        }
        return List.copyOf(reader.blocks);
    }

    private void block() {
        String line = lines.get(at).strip();
        Matcher heading = HEADING.matcher(line);
        Matcher display = DISPLAY.matcher(line);
        if (line.isEmpty()) {
            at++;
        } else if (heading.matches()) {
            blocks.add(new MarkdownBlock.Heading(heading.group(1).length(), spans(heading.group(2))));
            at++;
        } else if (display.matches()) {
            blocks.add(new MarkdownBlock.DisplayFormula(formula(display.group(1))));
            at++;
        } else if (BULLET.matcher(line).matches()) {
            blocks.add(new MarkdownBlock.BulletList(items(BULLET)));
        } else if (NUMBERED.matcher(line).matches()) {
            blocks.add(new MarkdownBlock.NumberedList(items(NUMBERED)));
        } else {
            paragraph();
        }
    }

    private void paragraph() {
        int first = at;
        List<String> parts = new ArrayList<>();
        while (at < lines.size() && (at == first || !startsBlock(lines.get(at)))) {
            parts.add(lines.get(at++).strip());
        }
        blocks.add(new MarkdownBlock.Paragraph(spans(String.join(" ", parts), first)));
    }

    private List<List<MarkdownSpan>> items(Pattern pattern) {
        List<List<MarkdownSpan>> items = new ArrayList<>();
        while (at < lines.size()) {
            Matcher item = pattern.matcher(lines.get(at).strip());
            if (!item.matches()) {
                break;
            }
            int first = at++;
            StringBuilder text = new StringBuilder(item.group(1));
            while (at < lines.size() && continuesItem(lines.get(at))) {
                text.append(' ').append(lines.get(at++).strip());
            }
            items.add(spans(text.toString(), first));
        }
        return List.copyOf(items);
    }

    private static boolean continuesItem(String line) {
        return line.startsWith(" ") && !startsBlock(line);
    }

    private static boolean startsBlock(String line) {
        String text = line.strip();
        return text.isEmpty()
                || HEADING.matcher(text).matches()
                || BULLET.matcher(text).matches()
                || NUMBERED.matcher(text).matches()
                || DISPLAY.matcher(text).matches();
    }

    private List<MarkdownSpan> spans(String text) {
        return spans(text, at);
    }

    private static List<MarkdownSpan> spans(String text, int line) {
        try {
            return MarkdownSpans.read(text);
        } catch (IllegalArgumentException e) {
            throw inLine(line, e);
        }
    }

    private Formula formula(String source) {
        try {
            return Formula.of(source.strip());
        } catch (IllegalArgumentException e) {
            throw inLine(at, e);
        }
    }

    private static IllegalArgumentException inLine(int line, IllegalArgumentException cause) {
        return new IllegalArgumentException("Line " + (line + 1) + " of the text: " + cause.getMessage(), cause);
    }
}
