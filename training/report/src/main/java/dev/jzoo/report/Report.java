package dev.jzoo.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A page about a training run. Parts appear in the order in which they are added, and facts are the cards at the top. All text is
 * plain text, except that of {@link #markup}. The page is self-contained, and equal parts give equal bytes.
 *
 * <pre>{@code
 * String page = Report.titled("mnist-logistic")
 *         .summary("Softmax regression on MNIST, trained with DJL.")
 *         .fact("test accuracy", "92.24 %", "course: 92.24 %")
 *         .section("Training")
 *         .figures(loss, accuracy)
 *         .section("Mistakes")
 *         .figure(confusion)
 *         .pictures(wrong)
 *         .html();
 * }</pre>
 */
public final class Report {

    private final String title;
    private final StringBuilder facts = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder rules = new StringBuilder();
    private String summary = "";
    private String script = "";

    private Report(String title) {
        this.title = Objects.requireNonNull(title, "title");
    }

    /** Creates a page without content. */
    public static Report titled(String title) {
        return new Report(title);
    }

    /** Sets the summary of the run and its results, one or two sentences under the title. */
    public Report summary(String sentences) {
        summary = "<p class=\"summary\">" + Markup.escape(sentences) + "</p>\n";
        return this;
    }

    /** Adds a card at the top: a name and its value. */
    public Report fact(String name, String value) {
        return fact(name, value, "");
    }

    /** Adds a card at the top with a note under the value, such as a reference value or the method of measurement. */
    public Report fact(String name, String value, String note) {
        facts.append("<div><dt>")
                .append(Markup.escape(name))
                .append("</dt><dd>")
                .append(Markup.escape(value));
        facts.append(note.isEmpty() ? "" : "<small>" + Markup.escape(note) + "</small>")
                .append("</dd></div>\n");
        return this;
    }

    /** Adds a heading. The following parts belong to it. */
    public Report section(String heading) {
        return add("<h2>" + Markup.escape(heading) + "</h2>\n");
    }

    /** Adds a paragraph. */
    public Report paragraph(String sentences) {
        return add("<p>" + Markup.escape(sentences) + "</p>\n");
    }

    /** Adds text whose line breaks and spaces matter, such as a command or a sample that a model wrote. */
    public Report verbatim(String text) {
        return add("<pre>" + Markup.escape(text) + "</pre>\n");
    }

    /** Adds a table. */
    public Report table(Table table) {
        return add(table.html());
    }

    /** Adds a figure at its own width. */
    public Report figure(Figure figure) {
        return add(figure.html());
    }

    /** Adds figures in a row, if the window is wide enough. */
    public Report figures(Figure... figures) {
        return add("<div class=\"row\">\n"
                + List.of(figures).stream().map(Figure::html).collect(Collectors.joining()) + "</div>\n");
    }

    /** Adds figures of which a slider shows one. */
    public Report frames(Frames frames) {
        script = Frames.script();
        return add(frames.html());
    }

    /** Adds small pictures with their captions, in rows. */
    public Report pictures(List<CaptionedPicture> pictures) {
        return add("<div class=\"pictures\">\n"
                + pictures.stream().map(CaptionedPicture::html).collect(Collectors.joining()) + "</div>\n");
    }

    /** Adds a section about the model and its settings. */
    public Report trained(ModelOutline outline) {
        return section("What was trained").table(outline.layers()).table(outline.settings());
    }

    /** Adds HTML of the caller's own, well-formed as XML. The caller has escaped all text in it. */
    public Report markup(String html) {
        return add(html);
    }

    /** Allows the script of {@link Frames}, for sliders that {@link #markup} adds. */
    public Report sliders() {
        script = Frames.script();
        return this;
    }

    /** Adds rules to the style sheet. They may use its variables, such as {@code var(--card)}. */
    public Report style(String css) {
        rules.append(css);
        return this;
    }

    /** Adds pictures of numbers with a common scale. */
    public Report tiles(TileGrid grid) {
        return add(grid.html());
    }

    /** Returns the whole page. It is also well-formed XML, and its content policy forbids it to load anything. */
    public String html() {
        return """
                <!DOCTYPE html>
                <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
                <head>
                <meta charset="utf-8"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'%s"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                <header>
                <h1>%s</h1>
                %s</header>
                %s%s</main>
                %s</body>
                </html>
                """.formatted(
                        script.isEmpty() ? "" : "; script-src " + Frames.scriptPolicy(),
                        Markup.escape(title),
                        styleSheet() + rules,
                        Markup.escape(title),
                        summary,
                        facts.isEmpty() ? "" : "<dl class=\"facts\">\n" + facts + "</dl>\n",
                        body,
                        script);
    }

    private Report add(String html) {
        body.append(html);
        return this;
    }

    /** Returns the style sheet of all pages, for parts that stand elsewhere, such as in a notebook. */
    public static String styleSheet() {
        try (InputStream in = Report.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet in the library's jar cannot be read.", e);
        }
    }
}
