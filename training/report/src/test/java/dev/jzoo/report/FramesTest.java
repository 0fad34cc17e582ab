package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.Xml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class FramesTest {

    private static final List<Frame> THREE = List.of(frame("0.01"), frame("0.1"), frame("<1>"));

    private static Frame frame(String label) {
        Figure figure =
                LineChart.of("step", "loss").line("run", new double[] {1, 2}).figure("At " + label + ".");
        return new Frame(label, figure);
    }

    @Test
    void onlyTheChosenFrameShowsWithoutJavaScript() throws Exception {
        Document page = Xml.parse(Frames.of("learning rate", THREE).choose(1).html());
        List<Element> frames = Xml.elements(page, "div").stream()
                .filter(div -> div.getAttribute("class").equals("frame"))
                .toList();
        assertEquals(
                List.of(true, false, true),
                frames.stream().map(frame -> frame.hasAttribute("hidden")).toList());
        Element slider = Xml.elements(page, "input").get(0);
        assertEquals("1", slider.getAttribute("value"));
        assertEquals("2", slider.getAttribute("max"));
        assertEquals("0.1", slider.getAttribute("aria-valuetext"));
        assertTrue(slider.hasAttribute("hidden"), "a slider that does nothing does not show");
        assertEquals(List.of("0.1"), Xml.texts(page, "output"));
        assertEquals("<1>", frames.get(2).getAttribute("data-label"));
    }

    @Test
    void aPageAllowsTheOneScriptOfItsSlidersByItsDigest() throws Exception {
        Frames frames = Frames.of("learning rate", THREE);
        String html = Report.titled("t").frames(frames).frames(frames).html();
        List<Element> scripts = Xml.elements(Xml.parse(html), "script");
        assertEquals(1, scripts.size());
        String text = html.substring(html.indexOf("<script>") + 8, html.indexOf("</script>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertTrue(html.contains("; script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'\"/>"));
        assertTrue(html.indexOf("<script>") > html.lastIndexOf("class=\"frame\""), "the script finds the sliders");
    }

    @Test
    void aPageWithoutSlidersHasNoScript() {
        String html = Report.titled("t").figure(THREE.get(0).figure()).html();
        assertFalse(html.contains("script"));
    }

    @Test
    void tooFewFramesAndUnknownOnesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Frames.of("rate", THREE.subList(0, 1)));
        assertThrows(IllegalArgumentException.class, () -> Frames.of(" ", THREE));
        assertThrows(IllegalArgumentException.class, () -> frame(" "));
        Frames frames = Frames.of("rate", THREE);
        assertEquals(
                "The slider 'rate' has frames 0 to 2, not 3.",
                assertThrows(IllegalArgumentException.class, () -> frames.choose(3))
                        .getMessage());
    }
}
