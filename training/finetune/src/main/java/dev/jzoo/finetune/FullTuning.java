package dev.jzoo.finetune;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.finetune.head.ClassBalance;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.numerics.Softmax;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.History;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Recipe.Better;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.Selection;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingLoop;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.djl.DjlLearner;
import dev.jzoo.training.onnx.BlockLayer;
import dev.jzoo.training.onnx.OnnxBlock;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The training of all layers of a classifier: AdamW with one cycle of the learning rate, on a new random crop of each
 * picture in each epoch. Layers near the input have lower learning rates, because edges and textures are the same in
 * all pictures (Howard and Ruder, 2018). Batch normalisation keeps the statistics of the base, because statistics of a
 * few pictures would be worse. Training stops when the validation accuracy has not improved for some epochs. The
 * weights of the best epoch are kept.
 *
 * @param settings epochs, learning rate, initial weights and seed
 * @param pictures the pictures to train on
 */
record FullTuning(TuningPlan settings, TuningPictures pictures) {

    /** Number of groups of neighbouring layers that share a learning rate. */
    private static final int GROUPS = 4;

    /** Number of epochs without improvement before training stops. */
    private static final int PATIENCE = 5;

    /**
     * Pictures, all of which can be read.
     *
     * @param train the pictures to train on
     * @param validation the pictures that choose the epoch; may be empty
     * @param compared the pictures on which the finished file is compared with the network
     * @param size picture size of the classifier
     * @param framing the part of a picture that it sees
     */
    record TuningPictures(
            List<Item> train, List<Item> validation, List<Item> compared, PictureSize size, Framing framing) {

        private PictureViews framed(List<Item> items) {
            return new PictureViews(items, size, framing, PictureViews.PictureCrop.FRAMED, 0);
        }

        private PictureViews cropped(long seed) {
            return new PictureViews(ClassBalance.of(train), size, framing, PictureViews.PictureCrop.CROPPED, seed);
        }
    }

    /**
     * Returns one class of each jar that the training needs.
     *
     * @throws NoClassDefFoundError if one of them is not on the class path
     */
    static List<Class<?>> libraries() {
        return List.of(NDManager.class, DjlLearner.class, OnnxBlock.class);
    }

    /**
     * Trains all layers, from the folder's last checkpoint if there is one.
     *
     * @param classifier takes bytes of pictures and returns probabilities, with a softmax at the end
     * @throws dev.jzoo.training.onnx.UnsupportedGraphException if it has operators that cannot be trained
     */
    TunedClassifier of(OnnxFile classifier, RunFolder folder, TransferListener listener) throws IOException {
        new DjlEngine().start(Compute.standard(), Runtime.getRuntime().availableProcessors());
        OnnxBlock block = OnnxBlock.of(classifier).outputs(logits(classifier.graph()));
        block.weightAdvice().forEach(sentence -> listener.note("Warning: " + sentence));
        NDManager manager = NDManager.newBaseManager();
        PictureSize size = pictures.size();
        block.initialize(manager, DataType.FLOAT32, new Shape(1, size.height(), size.width(), size.channels()));
        if (isRandom()) {
            RandomWeights.into(block, settings.seed());
        } else {
            block.freezeParameters(true, FullTuning::normalises);
        }
        PictureViews train = pictures.cropped(settings.seed());
        PictureViews validation = pictures.framed(pictures.validation());
        Plan plan = settings.plan();
        try (Learner learner = new DjlLearner(manager, block, train, plan, shares(block))) {
            Selection selection = validation.size() == 0
                    ? Selection.last()
                    : Selection.best("validation.accuracy", Better.HIGHER).withPatience(PATIENCE);
            History history;
            try {
                history = TrainingLoop.run(
                        learner, plan, folder, heard(listener), selection, () -> measured(learner, validation));
            } catch (NoSuchFileException e) {
                throw new JZooException(
                        JZooException.Code.FAILED,
                        "The training of all layers stopped: its checkpoints were deleted while it ran, for example by clearing the cache.",
                        "Run the command again, and do not clear the cache before it ends.",
                        e);
            }
            String epochs = history.epochs().size() + " epochs run";
            return new TunedClassifier(
                    block.written(),
                    history,
                    probabilities(learner),
                    settings.words() + "; " + epochs,
                    block.weightAdvice());
        }
    }

    /** Returns the logits of pictures; one picture at a time if the network trains so, because it may not take more. */
    private float[] predicted(Learner learner, PictureViews views) {
        if (settings.mode().batch() > 1) {
            return learner.predict(views);
        }
        List<float[]> rows = views.single().stream().map(learner::predict).toList();
        int classes = rows.get(0).length;
        float[] all = new float[rows.size() * classes];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * classes, classes);
        }
        return all;
    }

    private Map<String, Double> measured(Learner learner, PictureViews validation) {
        return validation.size() == 0
                ? Map.of()
                : Map.of(
                        "validation.accuracy",
                        ClassifierScores.accuracy(predicted(learner, validation), validation.labels()));
    }

    private double[][] probabilities(Learner learner) {
        float[] logits = predicted(learner, pictures.framed(pictures.compared()));
        int count = pictures.compared().size();
        int classes = logits.length / count;
        double[][] probabilities = new double[count][classes];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i / classes][i % classes] = logits[i];
        }
        Arrays.stream(probabilities).forEach(Softmax::inPlace);
        return probabilities;
    }

    /** Returns the name of the tensor before the softmax. */
    private static String logits(Graph graph) {
        String output = graph.outputs().get(0).name();
        Node softmax = graph.nodes().stream()
                .filter(node -> node.outputs().contains(output))
                .findFirst()
                .orElseThrow();
        return softmax.inputs().get(0);
    }

    private boolean isRandom() {
        return settings.mode().start() == Mode.Start.RANDOM;
    }

    private static boolean normalises(Parameter parameter) {
        return parameter.getType() == Parameter.Type.GAMMA || parameter.getType() == Parameter.Type.BETA;
    }

    /**
     * Returns the share of the learning rate of each parameter. It grows by the same factor from group to group, from
     * the input to the output.
     */
    private ToDoubleFunction<Parameter> shares(OnnxBlock block) {
        if (isRandom()) {
            return parameter -> 1;
        }
        List<List<BlockLayer>> groups =
                block.depthGroups(Math.min(GROUPS, block.layers().size()));
        Map<Parameter, Double> shares = new IdentityHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            double share =
                    Math.pow(TuningPlan.AT_THE_INPUT, (groups.size() - 1.0 - i) / Math.max(1, groups.size() - 1));
            groups.get(i).forEach(layer -> layer.parameters().forEach(parameter -> shares.put(parameter, share)));
        }
        return shares::get;
    }

    private TrainingListener heard(TransferListener listener) {
        return new TrainingListener() {
            @Override
            public void step(int epoch, int epochs, long done, long total) {
                if (done <= settings.mode().batch()) {
                    listener.stage("Epoch " + (epoch + 1) + " of " + epochs + ", all layers");
                    listener.progress(0, total);
                }
                listener.progress(done, total);
            }

            @Override
            public void epoch(Epoch epoch, int epochs) {
                listener.note(String.format(
                        Locale.ROOT,
                        "Epoch %d of %d: loss %.4f%s.",
                        epoch.number(),
                        epochs,
                        epoch.loss(),
                        epoch.metrics().isEmpty()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", validation accuracy %.1f %%",
                                        100 * TunedClassifier.accuracy(epoch))));
            }
        };
    }
}
