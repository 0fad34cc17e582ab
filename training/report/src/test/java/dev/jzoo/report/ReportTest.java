package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.Xml;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportTest {

    private static final String HOSTILE = "<script>alert('a & \"b\"')</script>\u0000\uD800";
    private static final String SHOWN = "<script>alert('a & \"b\"')</script>\uFFFD\uFFFD";

    @Test
    void samplePagesAreWellFormedAndNameEveryFigure() throws Exception {
        for (Report report : List.of(SampleReports.mnist(), SampleReports.airline())) {
            Document page = Xml.parse(report.html());
            for (Element svg : Xml.elements(page, "svg")) {
                assertEquals("img", svg.getAttribute("role"));
                assertTrue(svg.getAttribute("aria-label").length() > 40, svg.getAttribute("aria-label"));
            }
            for (Element picture : Xml.elements(page, "img")) {
                assertFalse(picture.getAttribute("alt").isBlank());
            }
            assertEquals(
                    Xml.elements(page, "figure").size(),
                    Xml.elements(page, "figcaption").size());
            assertEquals(
                    Xml.elements(page, "table").size(),
                    Xml.elements(page, "caption").size());
        }
    }

    @Test
    void aPageNeedsNothingButItself() throws Exception {
        Document page = Xml.parse(SampleReports.mnist().html());
        for (String loading : List.of("script", "link", "iframe", "object", "use", "image")) {
            assertEquals(List.of(), Xml.elements(page, loading), loading);
        }
        assertTrue(Xml.elements(page, "img").stream()
                .allMatch(image -> image.getAttribute("src").startsWith("data:image/png;base64,")));
        String style = Xml.texts(page, "style").get(0);
        assertFalse(style.contains("url(") || style.contains("@import"), style);
    }

    @Test
    void equalInputGivesEqualBytesInEveryLocale() {
        Locale before = Locale.getDefault();
        String page = SampleReports.mnist().html() + SampleReports.airline().html();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals(
                    page, SampleReports.mnist().html() + SampleReports.airline().html());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void textFromOutsideIsShownAndNeverRun() throws Exception {
        byte[] pixel = {0};
        Report report = Report.titled(HOSTILE)
                .summary(HOSTILE)
                .fact(HOSTILE, HOSTILE, HOSTILE)
                .section(HOSTILE)
                .paragraph(HOSTILE)
                .verbatim(HOSTILE)
                .table(Table.captioned(HOSTILE).text(HOSTILE).row(HOSTILE))
                .figure(LineChart.of(HOSTILE, HOSTILE)
                        .line(HOSTILE, new double[] {1, 2})
                        .figure(HOSTILE))
                .figure(ConfusionMatrix.of(List.of(HOSTILE), new long[][] {{1}}).figure(HOSTILE))
                .pictures(List.of(CaptionedPicture.of(HOSTILE, pixel, 1, 1, 1)));
        Document page = Xml.parse(report.html());
        assertEquals(List.of(), Xml.elements(page, "script"));
        for (String element : List.of("h1", "h2", "pre", "dt", "small", "caption", "figcaption")) {
            Xml.texts(page, element).forEach(text -> assertEquals(SHOWN, text, element));
        }
        assertEquals(SHOWN, Xml.elements(page, "img").get(0).getAttribute("alt"));
    }

    @Test
    void partsAppearInTheOrderInWhichTheyWereAdded() throws Exception {
        Report report = Report.titled("t")
                .section("first")
                .paragraph("a")
                .section("second")
                .fact("card", "1");
        assertEquals(List.of("first", "second"), Xml.texts(Xml.parse(report.html()), "h2"));
        assertTrue(report.html().indexOf("card") < report.html().indexOf("first"), "facts are at the top");
    }

    @Test
    void picturesKeepEveryPixel() throws Exception {
        byte[] pixels = {0, (byte) 255, 7, (byte) 128, 100, (byte) 200};
        BufferedImage grey = shown(CaptionedPicture.of("grey", pixels, 2, 3, 1));
        assertEquals(3, grey.getWidth());
        assertArrayEquals(new int[] {0, 255, 7, 128, 100, 200}, grey.getRaster().getPixels(0, 0, 3, 2, (int[]) null));
        BufferedImage colour = shown(CaptionedPicture.of("colour", pixels, 2, 1, 3));
        assertEquals(0xFF00FF07, colour.getRGB(0, 0));
        assertEquals(0xFF8064C8, colour.getRGB(0, 1));
    }

    @Test
    void pictureOfAnotherSizeThanItsBytesIsRefusedNamingBoth() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> CaptionedPicture.of("seven", new byte[783], 28, 28, 1));
        assertTrue(refused.getMessage().contains("'seven' of [28, 28, 1]"), refused.getMessage());
        assertTrue(refused.getMessage().contains("783"), refused.getMessage());
    }

    private static BufferedImage shown(CaptionedPicture picture) throws Exception {
        String source = Xml.elements(Xml.parse(picture.html()), "img").get(0).getAttribute("src");
        byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
