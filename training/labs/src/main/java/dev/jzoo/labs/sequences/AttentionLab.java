package dev.jzoo.labs.sequences;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.labs.convolution.RuntimeOperator;
import dev.jzoo.onnx.DataType;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.checking.GradientCheck;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.SelfAttention;
import dev.jzoo.scratch.layers.SelfAttention.AttentionMask;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Self-attention: in loops, as a layer, as an ONNX graph, and at work as a memory that is looked up. */
public final class AttentionLab implements Lab {

    private static final int KEYS = 6;

    private static final int LETTERS = 5;

    /** Returns the attended sequence. Step i sees the steps 0 to i. x is [steps, features]. */
    private static Array attend(Array x, Array query, Array key, Array value) {
        Array q = x.dot(query);
        Array k = x.dot(key);
        Array v = x.dot(value);
        Array y = Array.zeros(x.size(0), v.size(1));
        for (int i = 0; i < x.size(0); i++) {
            double total = 0;
            for (int j = 0; j <= i; j++) {
                double score = 0;
                for (int f = 0; f < q.size(1); f++) {
                    score += q.get(i, f) * k.get(j, f) / Math.sqrt(q.size(1)); // $s_(i j) = (q_i * k_j)/sqrt(d)$
                }
                double weight = Math.exp(score); // $a_(i j) = e^(s_(i j))/(sum_(m <= i) e^(s_(i m)))$
                total += weight;
                for (int f = 0; f < v.size(1); f++) {
                    y.set(y.get(i, f) + weight * v.get(j, f), i, f); // $y_i = sum_j a_(i j) v_j$
                }
            }
            for (int f = 0; f < v.size(1); f++) {
                y.set(y.get(i, f) / total, i, f);
            }
        }
        return y;
    }

    /** Returns what ONNX Runtime computes with the layer's exported file. */
    private static Array exported(NeuralLayer layer, Array x) throws IOException {
        byte[] file = OnnxExporter.of(layer)
                .input("x", DataType.FLOAT, Dimension.shape(x.size(0), x.size(1), x.size(2)))
                .export()
                .file()
                .toBytes();
        try (OnnxModel model = OnnxModel.open(file, "attention.onnx", Device.cpu())) {
            double[] y = model.run(Map.of("x", RuntimeOperator.tensor(x)))
                    .values()
                    .iterator()
                    .next()
                    .numbers();
            return Array.of(y, x.size(0), x.size(1), y.length / x.size(0) / x.size(1));
        }
    }

    private static double distance(Array a, Array b) {
        return Arrays.stream(a.minus(b).values()).map(Math::abs).max().orElseThrow();
    }

    /** Returns the values of the steps before a step, of one sequence. */
    private static Array before(Array y, int step) {
        return Array.of(Arrays.copyOf(y.values(), step * y.size(2)), step, y.size(2));
    }

    /** Fills a sequence of six cards, each a key and a letter, and a question, a key alone. Returns the letter to answer. */
    private static int deal(Array x, int n, Random random) {
        List<Integer> keys = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(keys, random);
        int asked = random.nextInt(KEYS);
        int answer = 0;
        for (int t = 0; t < KEYS; t++) {
            int letter = random.nextInt(LETTERS);
            x.set(1, n, t, keys.get(t));
            x.set(1, n, t, KEYS + letter);
            answer = keys.get(t) == asked ? letter : answer;
        }
        x.set(1, n, KEYS, asked);
        return answer;
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "attention",
                "Attention",
                "How does a step of a sequence find the other steps that matter to it?",
                Chapter.SEQUENCES);
    }

    @Override
    public void run(LabPage page) throws IOException {
        page.text("""
                A recurrent network passes all that it knows through one state. **Attention** (Vaswani and others, 2017) lets each step look at the
                others directly. Step $i$ asks with a *query* $q_i = x_i W_q$, each step offers a *key* $k_j = x_j W_k$, and where they
                match, it hands over its *value* $v_j = x_j W_v$:

                $$y_i = sum_j a_(i j) v_j, a_(i j) = e^(s_(i j)) / (sum_m e^(s_(i m))), s_(i j) = (q_i * k_j) / sqrt(d)$$

                It is a look-up in a table with soft edges: the weights $a_(i j)$ of a step add to 1. A product of two random vectors of
                $d$ numbers has a standard deviation of $sqrt(d)$; the division keeps the softmax from hardening too early. The loops below are all of it, with
                a *causal mask*: step $i$ sees no later step.
                """);
        Random random = page.random();
        Array x = Array.zeros(2, 7, 5).map(zero -> random.nextGaussian());
        SelfAttention layer = SelfAttention.of(5, 4, AttentionMask.CAUSAL, WeightInit.normal(0.7), random);
        Array y = layer.forward(x, Phase.INFERENCE);
        double loops = 0;
        for (int n = 0; n < 2; n++) {
            Array sequence = x.take(n).reshape(7, 5);
            Array expected = attend(
                    sequence,
                    layer.weights().get(0).value(),
                    layer.weights().get(1).value(),
                    layer.weights().get(2).value());
            loops = Math.max(loops, distance(y.take(n).reshape(7, 4), expected));
        }
        Array graph = exported(layer, x);
        SelfAttention open = SelfAttention.of(5, 4, AttentionMask.NONE, WeightInit.normal(0.7), random);
        page.claim("The layer of the library equals the loops (largest difference).")
                .atMost(loops, 1e-12);
        page.claim("Its ONNX graph, run by ONNX Runtime in single precision, too.")
                .atMost(distance(y, graph), 1e-5);
        page.claim("And so does the graph of a layer without a mask.")
                .atMost(distance(open.forward(x, Phase.INFERENCE), exported(open, x)), 1e-5);
        page.claim("Gradients equal finite differences (largest relative difference).")
                .atMost(
                        GradientCheck.of(layer, x.copy(), y.map(v -> random.nextGaussian()))
                                .worst(),
                        1e-6);

        page.text("""
                The mask sets the score of later steps to $-oo$, and $e^(-oo)$ is exactly 0. So a model that writes text can be trained on all
                steps of a text at once: no step can peek at the one that it has to predict. "Almost 0" would not do. The test: change
                the last two steps by a lot, and compare the others to the last bit.
                """);
        Array changed = x.copy();
        for (int f = 0; f < 5; f++) {
            changed.set(1_000, 0, 5, f);
            changed.set(-1_000, 0, 6, f);
        }
        page.claim("With a causal mask the first five steps do not change at all (largest difference).")
                .near(distance(before(layer.forward(changed, Phase.INFERENCE), 5), before(y, 5)), 0, 0);
        page.claim("Nor do they in ONNX Runtime.")
                .near(distance(before(exported(layer, changed), 5), before(graph, 5)), 0, 0);
        page.claim("Without a mask they do.")
                .atLeast(
                        distance(
                                before(open.forward(changed, Phase.INFERENCE), 5),
                                before(open.forward(x, Phase.INFERENCE), 5)),
                        0.1);

        page.text("""
                What is it good for? There are six cards on the table, each with a key and a letter, in random order. The last step asks for one
                key, and the network must name its letter. One attention layer and one dense layer learn it. The slider shows whom the
                question attends to: at first to all alike, in the end to the card with its key.
                """);
        int updates = page.pick(30, 300, 600);
        int seeds = page.pick(1, 2, 5);
        int features = KEYS + LETTERS;
        double accuracy = 0;
        double worst = 1;
        List<Frame> frames = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            Random dealer = new Random(page.seed() + seed);
            SelfAttention table = SelfAttention.of(features, 16, AttentionMask.CAUSAL, WeightInit.xavier(), dealer);
            NeuralNetwork network = NeuralNetwork.of(
                    table, new LastStepLayer(), DenseLayer.of(16, LETTERS, WeightInit.xavier(), dealer));
            AdamRule adam = new AdamRule();
            Array example = Array.zeros(1, KEYS + 1, features);
            deal(example, 0, dealer);
            for (int update = 0; update <= updates; update++) {
                if (seed == 0 && update % (updates / 10) == 0) {
                    network.forward(example, Phase.INFERENCE);
                    BarChart bars = BarChart.of("attention");
                    for (int t = 0; t <= KEYS; t++) {
                        int card = example.take(0).reshape(KEYS + 1, features).argMax()[t];
                        bars.bar(
                                t < KEYS ? "key " + (card + 1) : "asks for " + (card + 1),
                                table.attention(0).get(KEYS, t));
                    }
                    frames.add(new Frame(Integer.toString(update), bars.figure("Attention of the last step.")));
                }
                int batch = update == updates ? 500 : 32; // the last batch is a test
                Array cards = Array.zeros(batch, KEYS + 1, features);
                int[] letters = new int[batch];
                for (int n = 0; n < batch; n++) {
                    letters[n] = deal(cards, n, dealer);
                }
                Array logits = network.forward(cards, Phase.TRAINING);
                if (update < updates) {
                    network.setGradients(
                            new SoftmaxCrossEntropy().gradient(logits, SoftmaxCrossEntropy.oneHot(letters, LETTERS)));
                    adam.step(network.weights(), 0.01);
                } else {
                    int[] answers = logits.argMax();
                    int right = 0;
                    for (int n = 0; n < batch; n++) {
                        right += answers[n] == letters[n] ? 1 : 0;
                    }
                    accuracy += (double) right / batch / seeds;
                    worst = Math.min(worst, (double) right / batch);
                }
            }
        }
        page.figure(Frames.of("update", frames).choose(frames.size() - 1));
        page.print("accuracy on 500 new tables: mean %.3f, worst of %d seeds %.3f", accuracy, seeds, worst);
        if (page.size() != LabSize.SMALLEST) {
            page.claim("The network finds the right letter (worst seed).").atLeast(worst, 0.95);
        }

        page.text("""
                Attention without a mask has no sense of order: reorder the steps, and the outputs are reordered, but otherwise equal. That
                is why language models add a vector of the position to each step. Here order did not matter, and so it was an advantage.
                """);
        int[] order = {3, 0, 6, 1, 5, 2, 4};
        Array first = x.take(0);
        Array shuffled = first.reshape(7, 5).take(order).reshape(1, 7, 5);
        page.claim("Reordered steps give reordered outputs (largest difference).")
                .atMost(
                        distance(
                                open.forward(shuffled, Phase.INFERENCE).reshape(7, 4),
                                open.forward(first, Phase.INFERENCE)
                                        .reshape(7, 4)
                                        .take(order)),
                        1e-12);
    }
}
