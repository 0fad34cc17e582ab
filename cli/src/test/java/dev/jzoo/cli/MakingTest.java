package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.catalogue.Manifest;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** From a recipe to a published model, and the quickstart. */
class MakingTest {

    @TempDir
    static Path folder;

    private static Shell shell;

    @BeforeAll
    static void publish() throws Exception {
        shell = Shell.in(folder);
        StandIns.inputs(folder);
    }

    @Test
    void aRunIsTrainedVerifiedPublishedAndUsed() throws Exception {
        Shell.Result trained =
                shell.type("train", "airline-lstm", "--epochs", "3", "--lr", "0.01", "--name", "first", "--json");
        assertEquals(0, trained.exitCode(), trained.err());
        JsonNode run = trained.json();
        assertEquals("DIR/runs/first", run.get("run").asText());
        assertEquals("DIR/runs/first/model", run.get("model").asText());
        assertTrue(run.at("/metrics/test.rmse").asDouble() > 0);
        assertTrue(run.at("/parity/maxAbsolute").asDouble() <= 1e-5);
        assertTrue(run.get("seconds").asDouble() > 0);
        assertEquals(
                3,
                trained.err().lines().filter(line -> line.startsWith("epoch ")).count(),
                trained.err());
        assertTrue(trained.err().contains(" examples/s, "), trained.err());

        assertEquals(
                2, shell.type("train", "airline-lstm", "--name", "first").exitCode(), "a run is never overwritten");
        assertEquals(0, shell.type("verify", "runs/first").exitCode());
        assertEquals(
                "Published airline-lstm 1.0.0 in DIR/models/airline-lstm/1.0.0\n",
                shell.type("publish", "runs/first", "--to", "models").out());
        Manifest.Entry listed = Manifest.read(folder.resolve("models").resolve(Manifest.FILE_NAME))
                .find("airline-lstm", "1.0.0")
                .orElseThrow();
        assertEquals("1.12", listed.onnxVersion());
        assertEquals("forecast", listed.outputs().get(0).name());
        assertEquals("tensor(float)", listed.outputs().get(0).type());
        assertEquals(0, shell.type("verify", "models").exitCode());
        assertEquals(
                12,
                shell.type("run", "runs/first", "--json").json().get("values").size());
    }

    @Test
    void aSweepKeepsTheMedianModelAndTellsTheSpread() throws Exception {
        Shell.Result trained = shell.type(
                "train", "airline-lstm", "--epochs", "2", "--seed", "4", "--seeds", "3", "--name", "sweep", "--json");
        assertEquals(0, trained.exitCode(), trained.err());
        JsonNode sweep = trained.json();
        List<Double> values = sweep.get("seeds").findValues("value").stream()
                .map(JsonNode::asDouble)
                .sorted()
                .toList();
        assertEquals(3, values.size());
        assertEquals(4, sweep.at("/seeds/0/seed").asInt());
        assertEquals(values.get(1), sweep.at("/metrics/test.rmse.median").asDouble());
        assertEquals(values.get(1), sweep.at("/metrics/test.rmse").asDouble());
        assertEquals(values.get(0), sweep.at("/metrics/test.rmse.min").asDouble());
        assertEquals(values.get(2), sweep.at("/metrics/test.rmse.max").asDouble());
        assertEquals(3, sweep.at("/metrics/test.rmse.seeds").asDouble());
        Path run = folder.resolve("runs/sweep");
        assertEquals(4, Files.readAllLines(run.resolve("seeds.csv")).size());
        assertTrue(Files.exists(run.resolve("seed-6/model/model.onnx")));
        assertEquals(0, shell.type("verify", "runs/sweep").exitCode());
        assertTrue(shell.type("inspect", "runs/sweep", "--json").out().contains("test.rmse.median"));
    }

    @Test
    void aNetworkOfModelSerializerIsExported() throws Exception {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        File zip = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(network, zip, true);
        Shell.Result exported =
                shell.type("export", "network.zip", "--input", "x=batch,4", "--out", "network.onnx", "--json");
        assertEquals(0, exported.exitCode(), exported.err());
        assertTrue(exported.json().at("/parity/maxAbsolute").asDouble() <= 1e-5);
        assertEquals(
                "x",
                shell.type("inspect", "network.onnx", "--json")
                        .json()
                        .at("/inputs/0/name")
                        .asText());
    }

    @Test
    void sequencesOfARecurrentNetworkAreExportedWithTheirLengthsOrWithStates() throws Exception {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new LSTM.Builder().nIn(3).nOut(4).build())
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        ModelSerializer.writeModel(network, folder.resolve("recurrent.zip").toFile(), true);
        Shell.Result masked =
                shell.type("export", "recurrent.zip", "--lengths", "steps", "--deep", "--out", "masked.onnx");
        assertEquals(0, masked.exitCode(), masked.err());
        JsonNode inputs = shell.type("inspect", "masked.onnx", "--json").json().get("inputs");
        assertEquals(List.of("input", "steps"), inputs.findValuesAsText("name"));
        Shell.Result stateful = shell.type("export", "recurrent.zip", "--states", "--out", "stateful.onnx");
        assertEquals(0, stateful.exitCode(), stateful.err());
        assertEquals(
                3,
                shell.type("inspect", "stateful.onnx", "--json")
                        .json()
                        .get("outputs")
                        .size());
    }

    @Test
    void whatModelSerializerDidNotWriteIsNotExported() throws Exception {
        Files.writeString(folder.resolve("letter.zip"), "Dear Sir or Madam");
        Shell.Result result = shell.type("export", "letter.zip", "--out", "letter.onnx");
        assertEquals(7, result.exitCode());
        assertTrue(result.err().startsWith("error: DIR/letter.zip: expected a zip that"), result.err());
        assertFalse(Files.exists(folder.resolve("letter.onnx")));
    }

    /** The published model is about as good as a linear regression on the same values, and better than both simple rules. */
    @Test
    void theForecasterOfTheQuickstartBeatsTheSimpleRules() throws Exception {
        Path card = Path.of("../zoo/models/airline-lstm-12/1.0.0/README.md");
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            ForecastScore.print(ForecastScore.of(CardPage.read(card)), out);
        }
        assertEquals("""
                FORECAST                                         TEST RMSE
                linear regression on the last 12 values, AR(12)      20.95
                this model                                           21.31
                the value a year before                              41.85
                the last value again                                 48.04
                """, text.toString());
    }

    /** With an empty home, no mirror and no network: everything is in the jars. */
    @Test
    void theQuickstartShowsItsCommandsAndTheyWork() throws Exception {
        Shell.Result shown = shell.type("quickstart", "--out", "tour", "--epochs", "3");
        assertEquals(0, shown.exitCode(), shown.err());
        List<String> commands =
                shown.out().lines().filter(line -> line.startsWith("$ ")).toList();
        assertEquals(
                List.of(
                        "$ jzoo train airline-lstm-12 --out tour --name quickstart --epochs 3",
                        "$ jzoo verify tour/quickstart",
                        "$ jzoo export tour/quickstart --out tour/quickstart/airline.onnx",
                        "$ jzoo run tour/quickstart/airline.onnx --steps 12"),
                commands.subList(1, commands.size()));
        assertEquals(
                "$ jzoo run mnist-logistic docs/pictures/eight.png docs/pictures/five.png --top 1", commands.get(0));
        assertTrue(shown.out().contains("\n1961-12 "), shown.out());
        assertTrue(shown.out().contains("FORECAST                                         TEST RMSE\n"), shown.out());
        assertTrue(shown.out().contains("linear regression on the last 12 values, AR(12)      20.95\n"), shown.out());
        assertTrue(shown.out().contains("the value a year before                              41.85\n"), shown.out());
        assertTrue(shown.out().contains("the last value again                                 48.04\n"), shown.out());
        List<String> wide = shown.out()
                .lines()
                .filter(line -> line.length() > 80 && !line.startsWith("  ok      runtime "))
                .toList();
        assertEquals(List.of(), wide);
        assertTrue(shown.out().contains("The run is in tour/quickstart."), shown.out());
        assertTrue(Files.exists(folder.resolve("tour/quickstart/report/index.html")));
    }
}
