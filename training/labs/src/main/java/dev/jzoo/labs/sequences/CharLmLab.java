package dev.jzoo.labs.sequences;

import dev.jzoo.datasets.catalogue.TinyShakespeare;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Role;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.EmbeddingLayer;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.zoo.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Language models of characters: counts of n-grams, sampling with a temperature, and a small network. */
public final class CharLmLab implements Lab {

    /** Lines of Shakespeare's eighteenth sonnet, for a run without data sets. */
    private static final String SONNET = """
            Shall I compare thee to a summer's day?
            Thou art more lovely and more temperate:
            Rough winds do shake the darling buds of May,
            And summer's lease hath all too short a date:
            So long as men can breathe or eyes can see,
            So long lives this, and this gives life to thee.
            """;

    /** Number added to each count, so that no character is impossible. */
    private static final double ADDED = 0.05;

    /** Returns how often each character comes after each context of some length. */
    private static Map<String, int[]> counts(String text, String alphabet, int order) {
        Map<String, int[]> counts = new HashMap<>();
        for (int i = order; i < text.length(); i++) {
            int[] row = counts.computeIfAbsent(text.substring(i - order, i), key -> new int[alphabet.length()]);
            row[alphabet.indexOf(text.charAt(i))]++;
        }
        return counts;
    }

    /** Returns the mean of -log p over the characters of a text. */
    private static double nats(Map<String, int[]> counts, String text, String alphabet, int order) {
        double sum = 0;
        for (int i = order; i < text.length(); i++) {
            int[] row = counts.getOrDefault(text.substring(i - order, i), new int[alphabet.length()]);
            double n = row[alphabet.indexOf(text.charAt(i))] + ADDED;
            sum -= Math.log(
                    n / (Arrays.stream(row).sum() + ADDED * row.length)); // $p(c) = (n_c + 0.05)/(sum_j (n_j + 0.05))$
        }
        return sum / (text.length() - order);
    }

    /** Returns the probabilities of the next character, mixed from all orders. */
    private static double[] mixed(List<Map<String, int[]>> counts, String text, int characters) {
        double[] p = new double[characters];
        Arrays.fill(p, 1.0 / characters);
        for (int order = 0; order < counts.size(); order++) {
            int[] row = counts.get(order).get(text.substring(text.length() - order));
            if (row != null) {
                double n = Arrays.stream(row).sum();
                double d = Arrays.stream(row).filter(count -> count > 0).count();
                for (int c = 0; c < characters; c++) {
                    p[c] = (row[c] + d * p[c]) / (n + d); // $p_k(c) = (n_c + d p_(k-1)(c))/(n + d)$
                }
            }
        }
        return p;
    }

    private static double[] tempered(double[] p, double temperature) {
        double[] powers =
                Arrays.stream(p).map(v -> Math.pow(v, 1 / temperature)).toArray(); // $p_i^(1/tau)$
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(v -> v / sum).toArray();
    }

    private static double entropy(double[] p) {
        return -Arrays.stream(p).filter(v -> v > 0).map(v -> v * Math.log(v)).sum(); // $H = -sum_i p_i log p_i$
    }

    private static int draw(double[] p, Random random) {
        double left = random.nextDouble();
        int i = 0;
        while (i < p.length - 1 && left >= p[i]) {
            left -= p[i++];
        }
        return i;
    }

    /** Returns the places from..to of a text as contexts of characters, [places, length]. */
    private static Array contexts(String text, String alphabet, int length, int from, int to) {
        Array ids = Array.zeros(to - from, length);
        for (int i = from; i < to; i++) {
            for (int j = 0; j < length; j++) {
                ids.set(alphabet.indexOf(text.charAt(i - length + j)), i - from, j);
            }
        }
        return ids;
    }

    private static Array targets(String text, String alphabet, int from, int to) {
        return SoftmaxCrossEntropy.oneHot(
                text.substring(from, to).chars().map(alphabet::indexOf).toArray(), alphabet.length());
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "char-lm",
                "Language models of characters",
                "How well can counting predict the next character, and what must a network beat?",
                Chapter.SEQUENCES);
    }

    @Override
    public void run(LabPage page) throws IOException {
        page.text("""
                A language model gives a probability to each next character. It is measured by its surprise, the mean of $-log p$
                over the characters that really come (in *nats*; $e^"nats"$ is the number of equally likely choices that would
                surprise as much). The simplest model counts: how often did each character come after this one? After these two? An
                **n-gram of order $k$** looks at $k$ characters. The text is Tiny Shakespeare; the first 90 % are counted, the last
                10 % are predicted.
                """);
        boolean small = page.size() == LabSize.SMALLEST;
        String train = small
                ? SONNET
                : TinyShakespeare.train(page.data(), ProgressListener.NONE).text();
        String test = small
                ? SONNET
                : TinyShakespeare.test(page.data(), ProgressListener.NONE).text();
        String alphabet = (train + test)
                .chars()
                .distinct()
                .sorted()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        double[] expected = {3.347, 2.485, 2.050, 1.777, 1.757};
        double[] losses = new double[5];
        BarChart bars = BarChart.of("nats for each character");
        List<Map<String, int[]>> grams = new ArrayList<>();
        for (int order = 0; order <= 4; order++) {
            grams.add(counts(train, alphabet, order));
            losses[order] = nats(grams.get(order), test, alphabet, order);
            bars.bar(Role.TEST, "order " + order + ": " + grams.get(order).size() + " contexts", losses[order]);
            if (!small) {
                page.claim("Order " + order + ": " + expected[order] + " nats, as an independent program counts.")
                        .near(losses[order], expected[order], 0.0006);
            }
        }
        page.figure(bars.figure("The surprise of each order on text that it has not counted."));

        page.text("""
                Each further character helps less. The number of contexts grows, so each is seen less often. At order 4 many contexts of
                the test text were never seen at all, and there this model knows nothing. It is better to **mix** the orders: each order
                adds its counts $n_c$ to what the order below says.

                $$p_k (c) = (n_c + d p_(k-1)(c)) / (n + d)$$

                Here $n$ is the sum of the counts, and $d$ the number of different characters seen after the context (Witten and Bell, 1991).
                A context that was never seen leaves the lower order as it is.
                """);
        double mixedLoss = 0;
        int measured = Math.min(test.length(), 20_000);
        for (int i = 4; i < measured; i++) {
            double[] p = mixed(grams, test.substring(i - 4, i), alphabet.length());
            mixedLoss -= Math.log(p[alphabet.indexOf(test.charAt(i))]) / (measured - 4);
        }
        double plain = nats(grams.get(4), test.substring(0, measured), alphabet, 4);
        page.print("order 4 on %,d characters: %.3f nats, mixed %.3f", measured - 4, plain, mixedLoss);
        page.claim("Mixed orders surprise less than order 4 alone.").atMost(mixedLoss, plain - 0.01);

        page.text("""
                A model also writes: draw a character, append it, repeat. A **temperature** $tau$ sharpens or flattens the
                probabilities, $p_i^(1/tau) / sum_j p_j^(1/tau)$. Near 0 only the likeliest character is left, and with a large
                $tau$ all are equally likely.
                """);
        List<Frame> frames = new ArrayList<>();
        String context = small ? "summ" : "the ";
        double[] after = mixed(grams, context, alphabet.length());
        int[] likely = IntStream.range(0, after.length)
                .boxed()
                .sorted((a, b) -> Double.compare(after[b], after[a]))
                .limit(10)
                .mapToInt(i -> i)
                .toArray();
        int length = page.pick(300, 1_000, 10_000);
        double[] temperatures = {0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3};
        double[] entropies = new double[temperatures.length];
        double worst = 0;
        for (int t = 0; t < temperatures.length; t++) {
            BarChart chart = BarChart.of("probability");
            double[] p = tempered(after, temperatures[t]);
            for (int i : likely) {
                chart.bar("'" + alphabet.charAt(i) + "'", p[i]);
            }
            frames.add(new Frame(
                    Double.toString(temperatures[t]),
                    chart.figure("The likeliest characters after '" + context + "'.")));
            Random random = page.random();
            StringBuilder text = new StringBuilder(context);
            double surprise = 0;
            double squares = 0;
            for (int i = 0; i < length; i++) {
                double[] choice =
                        tempered(mixed(grams, text.substring(text.length() - 4), alphabet.length()), temperatures[t]);
                int drawn = draw(choice, random);
                double difference = -Math.log(choice[drawn]) - entropy(choice);
                entropies[t] += entropy(choice) / length;
                surprise += difference;
                squares += difference * difference;
                text.append(alphabet.charAt(drawn));
            }
            worst = Math.max(worst, Math.abs(surprise) / Math.sqrt(squares));
            page.print(
                    "temperature %.2f: %s",
                    temperatures[t], text.substring(4, 94).replace('\n', '/'));
        }
        page.figure(Frames.of("temperature", frames).choose(3));
        page.figure(LineChart.of("temperature", "entropy [nats]")
                .line("samples", temperatures, entropies)
                .level("all characters equally likely", Math.log(alphabet.length()))
                .figure("The mean entropy of the choices while writing."));
        double least = Double.POSITIVE_INFINITY;
        for (int t = 1; t < temperatures.length; t++) {
            least = Math.min(least, entropies[t] - entropies[t - 1]);
        }
        page.claim("The entropy of the samples rises with the temperature (smallest step).")
                .atLeast(least, 0.001);
        page.claim(
                        "The characters drawn surprise as much as their entropy says (largest deviation in standard errors).")
                .atMost(worst, 4);

        page.text("""
                Last, a network that sees the same four characters as the largest n-gram (the design of Bengio and others, 2003): each
                character becomes a vector of 12 numbers, which is learned, and a hidden layer of 100 mixes them. It has no table of contexts:
                its 12,000 numbers are fewer than the counts of order 3. It shares what it learns among all contexts, but one pass over
                the text does not make it better than them. The zoo's LSTM, with eight times as many numbers, is.
                """);
        Random random = page.random();
        NeuralNetwork network = NeuralNetwork.of(
                EmbeddingLayer.of(alphabet.length(), 12, random),
                new FlattenLayer(),
                DenseLayer.of(48, 100, WeightInit.xavier(), random),
                Elementwise.tanh(),
                DenseLayer.of(100, alphabet.length(), WeightInit.xavier(), random));
        Fitting fitting = Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule())
                .rate(0.002)
                .batchSize(64);
        int chunks = page.pick(4, 2, 40);
        int chunk = small ? train.length() - 4 : 20_000;
        Array asked = contexts(test, alphabet, 4, 4, measured);
        Array answers = targets(test, alphabet, 4, measured);
        double[] progress = new double[chunks + 1];
        double[] seen = new double[chunks + 1];
        for (int c = 0; c <= chunks; c++) {
            seen[c] = c * chunk / 1000.0;
            progress[c] = new SoftmaxCrossEntropy().value(network.forward(asked, Phase.INFERENCE), answers);
            if (c < chunks) {
                int from = 4 + (int) ((long) c * chunk % (train.length() - 3 - chunk));
                fitting.fit(
                        contexts(train, alphabet, 4, from, from + chunk), targets(train, alphabet, from, from + chunk));
            }
        }
        page.figure(LineChart.of("thousand characters seen", "nats for each character")
                .line("network, 4 characters", seen, progress)
                .level("order 1", losses[1])
                .level("order 2", losses[2])
                .level("order 4", losses[4])
                .figure("The network passes order 1 soon and comes close to order 2."));
        page.print("network: %.3f nats after %,d characters", progress[chunks], chunks * chunk);
        if (page.size() == LabSize.FULL) {
            page.claim("The network surprises less than order 1 (nats).").atMost(progress[chunks], losses[1]);
        }
    }
}
