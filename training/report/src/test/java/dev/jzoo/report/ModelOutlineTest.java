package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.Xml;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ModelOutlineTest {

    @Test
    void aPageListsLayersWithShapesAndParametersAndThenTheSettings() throws Exception {
        ModelOutline outline = ModelOutline.ofInput(List.of(1L, 28L, 28L))
                .layer("convolution 6 of 5", List.of(6L, 28L, 28L), 156)
                .layer("ReLU", List.of(6L, 28L, 28L), 0)
                .layer("dense 10", List.of(10L), 47050)
                .setting("optimiser", "Adam")
                .setting("batch", "32 examples");
        Document page = Xml.parse(Report.titled("t").trained(outline).html());
        assertEquals(List.of("What was trained"), Xml.texts(page, "h2"));
        assertEquals(
                "The layers, with the shape of each output for one example. 47,206 parameters.",
                Xml.texts(page, "caption").get(0));
        assertEquals(
                List.of(
                        "layeroutputparameters",
                        "input1 x 28 x 28–",
                        "convolution 6 of 56 x 28 x 28156",
                        "ReLU6 x 28 x 28–",
                        "dense 101047,050",
                        "settingvalue",
                        "optimiserAdam",
                        "batch32 examples"),
                Xml.texts(page, "tr"));
    }

    @Test
    void whatStayedAsItWasIsTold() throws Exception {
        ModelOutline outline = ModelOutline.ofInput(List.of(224L, 224L, 3L))
                .frozen("base.onnx", List.of(768L), 1_000_000)
                .layer("dense 2", List.of(2L), 1538);
        Document table = Xml.parse(outline.layers().html());
        assertTrue(
                Xml.texts(table, "caption").get(0).endsWith("1,001,538 parameters, 1,538 of which were trained."),
                outline.layers().html());
        assertEquals("base.onnx, frozen7681,000,000", Xml.texts(table, "tr").get(2));
    }

    @Test
    void aNegativeNumberOfParametersIsRefusedNamingTheLayer() {
        ModelOutline outline = ModelOutline.ofInput(List.of(1L));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> outline.layer("odd", List.of(1L), -1));
        assertTrue(refused.getMessage().contains("'odd'"), refused.getMessage());
    }
}
