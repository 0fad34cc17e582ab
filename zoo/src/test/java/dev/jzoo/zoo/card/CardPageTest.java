package dev.jzoo.zoo.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CardPageTest {

    private final ModelCard card = Fixtures.card("mnist-logistic", "1.0.0", Sha256.of(new byte[] {3}));
    private final String page = CardPage.markdown(card);

    @Test
    void cardIsReadBackFromItsPage() throws Exception {
        assertEquals(card, CardPage.parse("README.md", page));
        assertEquals(page, CardPage.markdown(CardPage.parse("README.md", page)));
        assertEquals(card, CardPage.parse("README.md", page.replace("\n", "\r\n")));
    }

    @Test
    void frontMatterHasTheKeysOfHuggingFaceEachOnItsLineAsJson() throws Exception {
        Map<String, JsonNode> keys = new LinkedHashMap<>();
        List<String> lines = page.lines().toList();
        assertEquals("---", lines.get(0));
        for (String line : lines.subList(1, lines.lastIndexOf("---"))) {
            int colon = line.indexOf(": ");
            keys.put(line.substring(0, colon), Json.parse(line, line.substring(colon + 2), JsonNode.class));
        }
        assertEquals(
                List.of("license", "library_name", "pipeline_tag", "tags", "model-index", "jzoo"),
                List.copyOf(keys.keySet()));
        assertEquals("apache-2.0", keys.get("license").asText());
        assertEquals("onnx", keys.get("library_name").asText());
        assertEquals("image-classification", keys.get("pipeline_tag").asText());
        JsonNode result = keys.get("model-index").get(0).get("results").get(0);
        assertEquals("mnist test", result.at("/dataset/name").asText());
        assertEquals("mnist-test", result.at("/dataset/type").asText());
        assertEquals("accuracy", result.at("/metrics/0/type").asText());
        assertEquals(0.9224, result.at("/metrics/0/value").asDouble());
        assertEquals("image-classification", result.at("/task/type").asText());
    }

    @Test
    void eachMetricIsListedUnderTheDataThatItWasMeasuredOn() throws Exception {
        ModelCard three = new ModelCard(
                "a",
                "1.0.0",
                "t",
                "s",
                Task.IMAGE_CLASSIFICATION,
                List.of(),
                List.of(),
                card.recipe(),
                Stream.of("pictures train", "first-pictures original-test", "pictures test")
                        .map(name -> new ModelCard.Data(name, Sha256.of(name.getBytes()), ""))
                        .toList(),
                new TreeMap<>(Map.of("original-test.accuracy", 1.0, "test.accuracy", 2.0, "validation.accuracy", 3.0)),
                "MIT",
                List.of(),
                List.of());
        String index = CardPage.markdown(three)
                .lines()
                .filter(line -> line.startsWith("model-index: "))
                .findFirst()
                .orElseThrow();
        Map<String, Double> byData = new TreeMap<>();
        Json.parse("model-index", index.substring("model-index: ".length()), JsonNode.class)
                .at("/0/results")
                .forEach(result -> byData.put(
                        result.at("/dataset/name").asText(),
                        result.at("/metrics/0/value").asDouble()));
        assertEquals(Map.of("first-pictures original-test", 1.0, "pictures test", 2.0, "pictures train", 3.0), byData);
    }

    @Test
    void pageSaysHowToRunItHowGoodItIsAndWhereItComesFrom() {
        assertTrue(page.contains("# Digits by softmax regression"), page);
        assertTrue(page.contains("jzoo run mnist-logistic picture.png"), page);
        assertTrue(page.contains("ImageClassifier.load(\"mnist-logistic\")"), page);
        assertTrue(page.contains("| test.accuracy | 0.9224 |"), page);
        assertTrue(page.contains("| mnist test | `" + Sha256.of(new byte[] {2}) + "` | a \\| b |"), page);
        assertTrue(page.contains("jzoo train mnist-logistic"), page);
        assertTrue(page.contains("- Knows digits only."), page);
    }

    @Test
    void numbersAreRoundedForPeopleAndKeptWholeInTheCard() throws Exception {
        ModelCard measured = card.withMetrics(new TreeMap<>(Map.of(
                "test.accuracy", 0.9339999999999999,
                "test.accuracy.seeds", 5.0,
                "test.loss", 0.12345678901234567,
                "test.rows", 1234567.0,
                "test.rmse", 0.0000012345678)));
        String text = CardPage.markdown(measured);
        for (String row : List.of(
                "| test.accuracy | 0.934 |",
                "| test.accuracy.seeds | 5 |",
                "| test.loss | 0.12346 |",
                "| test.rows | 1234567 |",
                "| test.rmse | 0.0000012346 |")) {
            assertTrue(text.contains(row), text);
        }
        String index = text.lines()
                .filter(line -> line.startsWith("model-index: "))
                .findFirst()
                .orElseThrow();
        assertTrue(index.contains(":0.934") && index.contains(":0.12346"), index);
        assertFalse(text.replaceFirst("(?m)^jzoo: .*$", "").contains("99999"), text);
        assertEquals(measured, CardPage.parse("README.md", text), "every digit is read back");
    }

    @Test
    void everyTaskHasItsPage() throws Exception {
        for (Task task : Task.values()) {
            ModelCard other = new ModelCard(
                    "a",
                    "1.0.0",
                    "t",
                    "s",
                    task,
                    List.of(),
                    List.of(),
                    card.recipe(),
                    List.of(),
                    new TreeMap<>(Map.of("loss", 1.0)),
                    "MIT",
                    List.of(),
                    List.of());
            assertEquals(other, CardPage.parse("README.md", CardPage.markdown(other)));
        }
    }

    @Test
    void pageWithoutFrontMatterOrCardIsRefusedNamingTheFile() {
        for (String text : List.of("", "# Title", "---\nlicense: \"mit\"\n---\njzoo: {}", "---\njzoo: {}\n---\n")) {
            DataFormatException e =
                    assertThrows(DataFormatException.class, () -> CardPage.parse("a/README.md", text), text);
            assertTrue(e.getMessage().startsWith("a/README.md"), e.getMessage());
        }
    }
}
