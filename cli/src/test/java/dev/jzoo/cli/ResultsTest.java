package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.card.ReadableNumbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of results: the exact text for people, and the JSON for scripts. */
class ResultsTest {

    @TempDir
    static Path folder;

    private static Shell shell;

    @BeforeAll
    static void publish() throws Exception {
        shell = Shell.in(folder).with("JZOO_MIRROR", StandIns.mirror(folder));
        StandIns.inputs(folder);
    }

    private static void assertPrints(String expected, String... words) {
        Shell.Result result = shell.type(words);
        assertEquals(expected, result.out(), result.err());
        assertEquals(0, result.exitCode());
    }

    private static JsonNode json(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        Shell.Result result = shell.type(all.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.err());
        return result.json();
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void modelsAreATable() {
        String size = ReadableNumbers.bytes(
                folder.resolve("made/months/model/model.onnx").toFile().length());
        String larger = ReadableNumbers.bytes(
                folder.resolve("made/digits/model/model.onnx").toFile().length());
        String letters = ReadableNumbers.bytes(
                folder.resolve("made/letters/model/model.onnx").toFile().length());
        assertPrints(
                "MODEL         VERSION  TASK                        SIZE  LICENCE     METRICS\n"
                        + "always-seven  1.0.0    image-classification     " + larger
                        + "  Apache-2.0  test.accuracy 0.1028\n"
                        + "plus-two      1.0.0    time-series-forecasting   " + size
                        + "  Apache-2.0  test.rmse 48.5000\n"
                        + "reciter       1.0.0    text-generation           " + letters
                        + "  Apache-2.0  test.nats 0.2877\n",
                "search",
                "stand-in");
    }

    @Test
    void listHasWhatCameWithTheProgramAndWhatTheMirrorHas() {
        List<String> ids = shell.type("list")
                .out()
                .lines()
                .skip(1)
                .map(line -> line.split(" ")[0])
                .toList();
        assertTrue(
                ids.containsAll(List.of("airline-lstm", "always-seven", "mnist-logistic", "plus-two")), ids::toString);
        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    void searchThatFindsNothingSaysSo() {
        Shell.Result result = shell.type("search", "zebra", "crossing");
        assertEquals("MODEL  VERSION  TASK  SIZE  LICENCE  METRICS\n", result.out());
        assertEquals("No model contains all of: zebra, crossing. 'jzoo list' shows them all.\n", result.err());
        assertEquals(0, result.exitCode());
    }

    @Test
    void showTellsWhatTheCardSays() {
        String shown = shell.type("show", "plus-two").out();
        assertTrue(shown.startsWith("plus-two 1.0.0: Adds two each month\n\nA stand-in for tests.\n\n"), shown);
        assertTrue(
                shown.contains("\nInput    history  float [batch, 1]\nOutput   forecast  float [batch, 1]\n"), shown);
        assertTrue(shown.contains("\nMade by  jzoo train plus-two --engine djl --seed 1\n"), shown);
    }

    @Test
    void showWritesLabelsThatNobodyWouldSeeSoThatTheyAreSeen() {
        assertEquals("\"\\n\", \" \", a", ShowCommand.labels(List.of("\n", " ", "a")));
    }

    @Test
    void runOfAClassifierIsATableOfScores() {
        assertPrints("""
                PICTURE                  LABEL   SCORE
                docs/pictures/seven.png  7      0.5000
                                         0      0.0556
                docs/pictures/one.png    7      0.5000
                                         0      0.0556
                """, "run", "always-seven", "docs/pictures/seven.png", "docs/pictures/one.png", "--top", "2");
    }

    @Test
    void runOfAForecasterContinuesTheSeriesOfItsCard() {
        assertPrints("""
                TIME     THOUSAND PASSENGERS
                1961-01               434.00
                1961-02               436.00
                """, "run", "plus-two", "--steps", "2");
    }

    @Test
    void runOfAForecasterContinuesNumbersOfTheUser() {
        assertPrints("""
                STEP  THOUSAND PASSENGERS
                1                   12.50
                """, "run", "plus-two", "3", "10.5", "--steps", "1");
    }

    @Test
    void runOfAForecasterReadsAColumnOfACsvFile() throws Exception {
        Files.writeString(folder.resolve("months.csv"), "\"Month\",\"Count\",Other\n1960-11,7,x\n1960-12,8,y\n\n");
        assertEquals(
                10,
                json("run", "plus-two", "months.csv", "--column", "Count")
                        .at("/values/0")
                        .asDouble());
        Shell.Result last = shell.type("run", "plus-two", "months.csv");
        assertEquals("error: DIR/months.csv: line 2, cell 3: expected a number, found 'x'\n", last.err());
        assertEquals(7, last.exitCode());
    }

    @Test
    void verifyTellsEachCheck() {
        Shell.Result result = shell.type("verify", "plus-two");
        assertEquals("""
                ok      plus-two@1.0.0
                  ok      digest     10 files as listed
                  ok      graph      1 node, opset 17
                  ok      runtime    loads: ['history' float [batch, 1]] -> ['forecast' float [batch, 1]]
                  ok      test-data  3 sets reproduced, largest difference 0
                  ok      card       plus-two 1.0.0, recipe as the card says
                """, result.out());
    }

    @Test
    void inspectTellsWhatIsInAFile() {
        String shown = shell.type("inspect", "made/digits").out();
        assertTrue(shown.contains("\nInput     image  uint8 [batch, 28, 28, 1]\n"), shown);
        assertTrue(
                shown.contains(
                        "\nValues    7,850 in initializers\nCost      7,840 multiply-adds for one example\nNodes    "
                                + " 4: 1 Cast, 1 Flatten, 1 Gemm, 1 Softmax\n"),
                shown);
    }

    @Test
    void dataSetsAreListedWithWhatIsHere() {
        assertPrints("""
                DATA SET                SIZE  HERE      LICENCE       TITLE
                admissions           12.9 kB  no        NOASSERTION   Graduate admissions, 400 applications
                airline                    -  built in  NOASSERTION   International airline passengers, 144 months
                cifar10             170.1 MB  no        NOASSERTION   CIFAR-10, objects in 10 classes, 32 x 32 colour
                cifar10-first-1017    3.1 MB  no        NOASSERTION   CIFAR-10, the first 1,017 test pictures, original pixels
                cifar10-jpeg         18.5 MB  no        NOASSERTION   CIFAR-10 re-encoded as JPEG, not the original pixels
                hymenoptera          11.6 MB  no        NOASSERTION   Hymenoptera, 397 photographs of ants and bees
                mnist                55.0 MB  no        CC-BY-SA-3.0  MNIST, handwritten digits, 28 x 28 grey
                mnist1d                    -  built in  Apache-2.0    MNIST-1D, signals of 40 values in 10 classes
                procedural-digits          -  built in  Apache-2.0    Drawn digits, 28 x 28 grey, a stand-in for MNIST
                shakespeare           1.1 MB  no        MIT           Tiny Shakespeare, a million characters of plays
                sine                       -  built in  Apache-2.0    Sine with noise, 1000 values
                """, "dataset", "list");
    }

    @Test
    void aDataSetThatIsBuiltInIsChecked() {
        assertPrints(
                "ok  airline\n  airline all: airline: 144 months from 1949-01 to 1960-12, thousand passengers\n",
                "dataset",
                "check",
                "airline");
    }

    @Test
    void pullPrintsThePathAndTheCacheKnowsTheFile() throws Exception {
        Shell fresh = shell.with("JZOO_HOME", folder.resolve("fresh"));
        String printed = fresh.type("pull", "plus-two").out();
        assertTrue(printed.matches("DIR/fresh/models/plus-two/1\\.0\\.0/[0-9a-f]{32}/model\\.onnx\n"), printed);
        Path stored = folder.resolve(printed.strip().replace("DIR/", ""));
        assertEquals(10, fresh.type("cache", "list", "--json").json().size());
        assertEquals(0, fresh.type("cache", "verify").exitCode());
        String listed = fresh.type("cache", "list").out();
        assertTrue(listed.lines().anyMatch(line -> line.matches("plus-two@1\\.0\\.0 +10 +.*B")), listed);
        Files.writeString(stored.resolveSibling("metrics.json"), "{}");
        assertEquals(4, fresh.type("cache", "verify").exitCode());
        assertTrue(fresh.type("cache", "clear").out().startsWith("Freed "));
        assertEquals(0, fresh.type("cache", "list", "--json").json().size());
    }

    @Test
    void jsonOfListHasTheAgreedFields() throws Exception {
        JsonNode list = json("search", "stand-in");
        assertEquals(List.of("id", "version", "task", "bytes", "sha256", "metrics", "licence"), fields(list.get(0)));
        assertEquals("image-classification", list.get(0).get("task").asText());
        assertEquals(0.1028, list.get(0).at("/metrics/test.accuracy").asDouble());
    }

    @Test
    void jsonOfRunHasTheAgreedFields() throws Exception {
        JsonNode pictures = json("run", "always-seven", "docs/pictures/seven.png");
        assertEquals(List.of("input", "provider", "predictions"), fields(pictures.get(0)));
        assertEquals("docs/pictures/seven.png", pictures.get(0).get("input").asText());
        assertEquals("CPUExecutionProvider", pictures.get(0).get("provider").asText());
        assertEquals("7", pictures.at("/0/predictions/0/label").asText());
        assertEquals(0.5, pictures.at("/0/predictions/0/score").asDouble(), 1e-6);
        JsonNode months = json("run", "plus-two");
        assertEquals(List.of("values", "unit", "times", "provider"), fields(months));
        assertEquals(12, months.get("values").size());
        assertEquals("1961-12", months.at("/times/11").asText());
    }

    @Test
    void jsonOfVerifyHasTheAgreedFields() throws Exception {
        JsonNode verdicts = json("verify", "--all");
        assertTrue(verdicts.size() >= 4);
        assertEquals(List.of("id", "ok", "checks"), fields(verdicts.get(0)));
        assertEquals(List.of("name", "ok", "supported", "detail"), fields(verdicts.at("/0/checks/0")));
    }

    @Test
    void otherCommandsPrintOneDocumentEach() throws Exception {
        assertEquals("plus-two", json("show", "plus-two").at("/model/id").asText());
        assertEquals(17, json("inspect", "plus-two").at("/opsets/ai.onnx").asInt());
        assertEquals("plus-two", json("pull", "plus-two").at("/0/id").asText());
        assertEquals("airline", json("dataset", "list").at("/1/id").asText());
        assertEquals("airline", json("dataset", "get", "airline").at("/0/id").asText());
        assertEquals(
                64,
                json("dataset", "check", "airline")
                        .at("/0/parts/0/sha256")
                        .asText()
                        .length());
        assertEquals("java", json("doctor").at("/0/name").asText());
        assertTrue(json("completion", "bash").get("script").asText().startsWith("#!/usr/bin/env bash"));
    }

    @Test
    void aTextGoesOnBehindItsPrompt() throws Exception {
        assertPrints("xyzabcd\n", "run", "reciter", "xyz", "--length", "4", "--temperature", "0");
        JsonNode written = json("run", "reciter", "xyz", "--length", "4", "--top-k", "1");
        assertEquals(List.of("prompt", "text", "provider"), fields(written));
        assertEquals("xyz", written.get("prompt").asText());
        assertEquals("abcd", written.get("text").asText());
    }

    @Test
    void theSeedOfATextDecidesItsChoices() throws Exception {
        String[] wild = {"run", "reciter", "a", "--length", "50", "--temperature", "2"};
        String text = shell.type(wild).out();
        assertEquals(52, text.length());
        assertPrints(text, "run", "reciter", "a", "--length", "50", "--temperature", "2", "--seed", "1");
        assertNotEquals(
                text,
                shell.type("run", "reciter", "a", "--length", "50", "--temperature", "2", "--seed", "2")
                        .out());
    }
}
