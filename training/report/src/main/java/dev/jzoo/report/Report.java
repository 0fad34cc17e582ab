package dev.jzoo.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A page that says how a training run went. Parts appear in the order in which they are added; facts are the cards at the top. All
 * text is taken as plain text. The page needs nothing but itself, and equal parts give equal bytes.
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
    private String summary = "";

    private Report(String title) {
        this.title = Objects.requireNonNull(title, "title");
    }

    /** A page without content yet. */
    public static Report titled(String title) {
        return new Report(title);
    }

    /** What was done and what came out, in one or two sentences under the title. */
    public Report summary(String sentences) {
        summary = "<p class=\"summary\">" + Markup.escape(sentences) + "</p>\n";
        return this;
    }

    /** A card at the top: a name and its value. */
    public Report fact(String name, String value) {
        return fact(name, value, "");
    }

    /** A card at the top, with a note under the value: what to compare it with, or how it was measured. */
    public Report fact(String name, String value, String note) {
        facts.append("<div><dt>")
                .append(Markup.escape(name))
                .append("</dt><dd>")
                .append(Markup.escape(value));
        facts.append(note.isEmpty() ? "" : "<small>" + Markup.escape(note) + "</small>")
                .append("</dd></div>\n");
        return this;
    }

    /** A heading; what follows belongs to it. */
    public Report section(String heading) {
        return add("<h2>" + Markup.escape(heading) + "</h2>\n");
    }

    /** Sentences. */
    public Report paragraph(String sentences) {
        return add("<p>" + Markup.escape(sentences) + "</p>\n");
    }

    /** Text whose line breaks and spaces count, such as a command or a sample that a model wrote. */
    public Report verbatim(String text) {
        return add("<pre>" + Markup.escape(text) + "</pre>\n");
    }

    /** A table. */
    public Report table(Table table) {
        return add(table.html());
    }

    /** A figure at its own width. */
    public Report figure(Figure figure) {
        return add(html(figure));
    }

    /** Figures beside each other, where the window is wide enough. */
    public Report figures(Figure... figures) {
        return add("<div class=\"row\">\n"
                + List.of(figures).stream().map(Report::html).collect(Collectors.joining()) + "</div>\n");
    }

    /** Small pictures with their captions, as many beside each other as fit. */
    public Report pictures(List<CaptionedPicture> pictures) {
        return add("<div class=\"pictures\">\n"
                + pictures.stream().map(CaptionedPicture::html).collect(Collectors.joining()) + "</div>\n");
    }

    /** Adds a section that says what was trained. */
    public Report trained(ModelOutline outline) {
        return section("What was trained").table(outline.layers()).table(outline.settings());
    }

    /** Pictures of numbers by one scale. */
    public Report tiles(TileGrid grid) {
        return add(grid.html());
    }

    /** The whole page. It is well-formed XML too, and its content policy forbids it to load anything. */
    public String html() {
        return """
                <!DOCTYPE html>
                <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
                <head>
                <meta charset="utf-8"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
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
                </body>
                </html>
                """.formatted(
                        Markup.escape(title),
                        styleSheet(),
                        Markup.escape(title),
                        summary,
                        facts.isEmpty() ? "" : "<dl class=\"facts\">\n" + facts + "</dl>\n",
                        body);
    }

    private Report add(String html) {
        body.append(html);
        return this;
    }

    private static String html(Figure figure) {
        // On a narrow screen the drawing shrinks until its letters would be too small, and scrolls from there.
        return "<figure class=\"chart\">\n<div class=\"scroll\"><div style=\"min-width: " + figure.width() * 3 / 5
                + "px\">"
                + figure.svg() + "</div></div><figcaption>"
                + Markup.escape(figure.caption()) + "</figcaption>\n</figure>\n";
    }

    private static String styleSheet() {
        try (InputStream in = Report.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet in the library's jar cannot be read.", e);
        }
    }
}
