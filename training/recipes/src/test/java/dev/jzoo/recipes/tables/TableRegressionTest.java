package dev.jzoo.recipes.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.NumericTable;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.tables.Regressor;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a table whose truth is known: y = 0.01 a - 2 b + 3, with a in hundreds and b below 1. */
public class TableRegressionTest {

    private static final List<String> FEATURES = List.of("a", "b");

    @TempDir
    Path folder;

    private static NumericTable table() {
        Random random = new Random(1);
        double[][] rows = new double[120][];
        for (int i = 0; i < rows.length; i++) {
            double a = 300 + 50 * random.nextGaussian();
            double b = random.nextDouble();
            rows[i] = new double[] {a, b, 0.01 * a - 2 * b + 3};
        }
        return NumericTable.of(List.of("a", "b", "y"), rows, new Provenance("made", "up", Sha256.of(new byte[0]), ""));
    }

    public static final class Made extends TableRegression {
        @Override
        public String id() {
            return "made-up";
        }

        @Override
        public String title() {
            return "A plane";
        }

        @Override
        public Hyperparameters defaults() {
            return new Hyperparameters(40, 8, 0.1, 1);
        }

        @Override
        NumericTable.TableSplit split(Store store, ProgressListener listener) {
            return table().split(100, 1);
        }

        @Override
        ModelCard.Columns columns() {
            return new ModelCard.Columns(FEATURES, "y", "metres");
        }

        @Override
        Network network() {
            return Network.of(2).dense(1);
        }

        @Override
        Plan plan(Hyperparameters settings) {
            return Plan.of(Objective.meanSquaredError(), Optimizer.sgd(), settings);
        }

        @Override
        ModelText words() {
            return new ModelText("For tests.", List.of("plane"), List.of());
        }

        @Override
        String preparation() {
            return "none";
        }

        @Override
        float[][] samples() {
            return new float[][] {{300, 0.5f}, {200, 0}, {400, 1}};
        }
    }

    private Store store() {
        return Store.open(Settings.of(Map.of("JZOO_HOME", folder.toString(), "JZOO_OFFLINE", "1")));
    }

    private TrainingResult train(Engine engine, int epochs) throws IOException {
        Made recipe = new Made();
        return recipe.train(new TrainingRun(
                engine,
                recipe.defaults().withEpochs(epochs),
                store(),
                RunFolder.at(folder.resolve(engine.id() + epochs)),
                Compute.standard(),
                TrainingListener.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"djl", "dl4j"})
    void aPlaneIsFoundFromColumnsInTheirOwnUnits(Engine engine) throws IOException {
        TrainingResult result = train(engine, 40);
        assertEquals(1, result.metric("test.r2"), 1e-6);
        assertEquals(1, result.metric("linear.test.r2"), 1e-9);
        try (Regressor regressor = Regressor.open(result.model().resolve("model.onnx"), Device.cpu())) {
            assertEquals(0.01 * 250 - 2 * 0.25 + 3, regressor.predict(250, 0.25), 1e-4);
            assertEquals(FEATURES, regressor.features());
            assertEquals("metres", regressor.unit());
        }
        OnnxFile file = OnnxFile.read(result.model().resolve("model.onnx"));
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "made-up", Device.cpu());
                TrainedNetwork network =
                        new Made().restore(RunFolder.at(result.run()), store(), ProgressListener.NONE)) {
            assertEquals(result.card().metrics(), new Made().measure(model, store(), ProgressListener.NONE));
            assertEquals(
                    file.graph().initializers(),
                    network.exporter().export().file().graph().initializers());
        }
    }

    @Test
    void bothEnginesTakeTheSameSteps() throws IOException {
        double djl = train(Engine.of("djl"), 1).metric("test.rmse");
        assertEquals(djl, train(Engine.of("dl4j"), 1).metric("test.rmse"), 1e-4 * djl);
        assertTrue(djl > 1e-3, "one epoch is not enough, so that a difference could be seen: " + djl);
    }
}
