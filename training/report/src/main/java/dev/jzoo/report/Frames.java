package dev.jzoo.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Figures for the values of one parameter, with a slider that shows one of them. The page contains all figures, so it works
 * without a server. Without JavaScript and on paper, the page shows the chosen figure with its value.
 *
 * <pre>{@code
 * Frames.of("learning rate", List.of(new Frame("0.01", slow), new Frame("0.1", good), new Frame("1", wild))).choose(1)
 * }</pre>
 */
public final class Frames {

    /** The same for every page, so that its digest can be in the page's content policy. */
    private static final String SCRIPT = """
            for (const box of document.querySelectorAll('.frames')) {
              const slider = box.querySelector('input');
              const frames = [...box.querySelectorAll('.frame')];
              const show = () => {
                frames.forEach((frame, i) => { frame.hidden = i !== Number(slider.value); });
                const label = frames[slider.value].dataset.label;
                box.querySelector('output').textContent = label;
                slider.setAttribute('aria-valuetext', label);
              };
              slider.hidden = false;
              slider.addEventListener('input', show);
              show();
            }
            """;

    private final String parameter;
    private final List<Frame> frames;
    private final int chosen;

    private Frames(String parameter, List<Frame> frames, int chosen) {
        this.parameter = parameter;
        this.frames = frames;
        this.chosen = chosen;
    }

    /** Creates a slider that starts at the first frame. Copies the list: at least two frames, in the order of the slider. */
    public static Frames of(String parameter, List<Frame> frames) {
        if (parameter.isBlank() || frames.size() < 2) {
            throw new IllegalArgumentException("A slider must have a name and at least two frames, not '" + parameter
                    + "' and " + frames.size() + ". Show a single figure with Report.figure.");
        }
        return new Frames(parameter, List.copyOf(frames), 0);
    }

    /** Returns the same slider, starting at a frame, counted from 0. */
    public Frames choose(int frame) {
        if (frame < 0 || frame >= frames.size()) {
            throw new IllegalArgumentException(
                    "The slider '" + parameter + "' has frames 0 to " + (frames.size() - 1) + ", not " + frame + ".");
        }
        return new Frames(parameter, frames, frame);
    }

    /** Returns the slider and its figures as an HTML element. Its page needs {@link #script()} after it, once. */
    public String html() {
        String label = Markup.escape(frames.get(chosen).label());
        StringBuilder out = new StringBuilder("<div class=\"frames chart\">\n<label class=\"slider\"><span>");
        out.append(Markup.escape(parameter)).append(" = <output>").append(label).append("</output></span>");
        out.append("<input type=\"range\" hidden=\"hidden\" min=\"0\" step=\"1\" autocomplete=\"off\" max=\"")
                .append(frames.size() - 1)
                .append("\" value=\"")
                .append(chosen)
                .append("\" aria-valuetext=\"")
                .append(label)
                .append("\"/></label>\n");
        for (int i = 0; i < frames.size(); i++) {
            out.append("<div class=\"frame\" data-label=\"")
                    .append(Markup.escape(frames.get(i).label()))
                    .append(i == chosen ? "\">\n" : "\" hidden=\"hidden\">\n")
                    .append(frames.get(i).figure().html())
                    .append("</div>\n");
        }
        return out.append("</div>\n").toString();
    }

    /** Returns the element with the few lines of JavaScript that all sliders of a page share. */
    public static String script() {
        return "<script>//<![CDATA[\n" + SCRIPT + "//]]></script>\n";
    }

    /** Returns the source of a content policy that allows {@link #script()} and no other script. */
    public static String scriptPolicy() {
        String element = script();
        String text = element.substring("<script>".length(), element.length() - "</script>\n".length());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
