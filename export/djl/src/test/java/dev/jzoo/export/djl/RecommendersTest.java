package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static dev.jzoo.export.djl.Cases.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv2dTranspose;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.transformer.IdEmbedding;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Exports recommenders, forecasters, players and generators from "Dive into Deep Learning" and DJL's examples, in a
 * small form.
 */
class RecommendersTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final dev.jzoo.onnx.DataType IDS = dev.jzoo.onnx.DataType.INT64;
    private static final ValueInfo USER = input("user", IDS, "batch");
    private static final ValueInfo ITEM = input("item", IDS, "batch");

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    /** Factors and biases of users and items. */
    private static final class MatrixFactorisation extends OwnBlock {
        private final IdEmbedding users = table("users", 9, 4);
        private final IdEmbedding items = table("items", 7, 4);
        private final IdEmbedding userBias = table("userBias", 9, 1);
        private final IdEmbedding itemBias = table("itemBias", 7, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray user = inputs.get("user");
            NDArray item = inputs.get("item");
            NDArray both = pass.of(users, user).mul(pass.of(items, item)).sum(new int[] {-1});
            return new NDList(both.add(pass.of(userBias, user).squeeze(-1))
                    .add(pass.of(itemBias, item).squeeze(-1)));
        }
    }

    /** NeuMF: multiplied factors, and a perceptron in parallel. */
    private static final class NeuralFactorisation extends OwnBlock {
        private final List<IdEmbedding> tables =
                IntStream.range(0, 4).mapToObj(i -> table("table" + i, 9, 4)).toList();
        private final Linear hidden = linear("hidden", 8, 6);
        private final Linear out = plain("out", 10, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray user = inputs.get("user");
            NDArray item = inputs.get("item");
            NDArray product = pass.of(tables.get(0), user).mul(pass.of(tables.get(1), item));
            NDArray joined = pass.of(tables.get(2), user).concat(pass.of(tables.get(3), item), 1);
            NDArray deep = Activation.relu(pass.of(hidden, joined));
            return new NDList(Activation.sigmoid(pass.of(out, product.concat(deep, 1))));
        }
    }

    /** AutoRec: the ratings of an item are encoded and decoded; missing ratings are masked out. */
    private static Block autoencoder() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(5).build())
                .add(Activation::sigmoid)
                .add(Linear.builder().setUnits(9).build())
                .addSingleton(x -> x.mul(x.sign()));
    }

    /** Factorisation machines, and DeepFM with its perceptron. */
    private static final class DeepFactorisationMachine extends OwnBlock {
        private final IdEmbedding factors = table("factors", 20, 4);
        private final IdEmbedding weights = table("weights", 20, 1);
        private final Linear hidden = linear("hidden", 12, 6);
        private final Linear out = linear("out", 6, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray fields = inputs.head();
            NDArray x = pass.of(factors, fields);
            NDArray squareOfSum = x.sum(new int[] {1}).square();
            NDArray sumOfSquares = x.square().sum(new int[] {1});
            NDArray pairs =
                    squareOfSum.sub(sumOfSquares).sum(new int[] {1}, true).mul(0.5);
            NDArray linear = pass.of(weights, fields).sum(new int[] {1});
            NDArray deep = pass.of(out, Activation.relu(pass.of(hidden, x.reshape(-1, 12))));
            return new NDList(Activation.sigmoid(pairs.add(linear).add(deep)));
        }
    }

    /** Word2vec: a centre word with the words around it. */
    private static final class SkipGram extends OwnBlock {
        private final IdEmbedding centres = table("centres", 9, 4);
        private final IdEmbedding contexts = table("contexts", 9, 4);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray centre = pass.of(centres, inputs.get("centre"));
            NDArray context = pass.of(contexts, inputs.get("context"));
            return new NDList(centre.batchMatMul(context.swapAxes(1, 2)));
        }
    }

    /** Returns the GloVe or cosine similarity of words to a table that the network holds. */
    private static Block mostAlike() {
        NDArray table = MANAGER.randomNormal(new Shape(12, 4));
        return new SequentialBlock().add(list -> {
            NDArray x = list.head().normalize(2, 1);
            NDArray scores = table.normalize(2, 1).matMul(x.transpose()).transpose();
            return scores.topK(3, 1);
        });
    }

    /**
     * DeepAR (Salinas et al., 2020) as DJL's time series library describes its training network: the scale of a series,
     * its lags, categories, times of the day, an LSTM, and the named parameters of a distribution for each step.
     */
    private static final class DeepAutoregression extends OwnBlock {
        private static final int CONTEXT = 6;
        private static final int[] LAGS = {1, 2, 3};

        private final IdEmbedding categories = table("categories", 5, 3);
        private final LSTM rnn = layer(
                "rnn",
                LSTM.builder()
                        .setStateSize(8)
                        .setNumLayers(2)
                        .optReturnState(true)
                        .build(),
                new Shape(1, 1, 10));
        private final Linear mean = linear("mean", 8, 1);
        private final Linear deviation = linear("deviation", 8, 1);
        private final Linear freedom = linear("freedom", 8, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray past = inputs.get("past_target");
            NDArray observed = inputs.get("past_observed");
            NDArray future = inputs.get("future_target");
            NDArray context = past.get(":, {}:", past.size(1) - CONTEXT);
            NDArray seen = observed.get(":, {}:", observed.size(1) - CONTEXT);
            NDArray scale = scale(context, seen);
            NDArray prior = past.get(":, :{}", past.size(1) - CONTEXT).div(scale);
            NDArray sequence = context.concat(future.get(":, :-1"), 1).div(scale);
            NDArray features = pass.of(categories, inputs.get("category")).concat(scale.log(), 1);
            NDArray stretched = features.expandDims(1).repeat(1, sequence.size(1));
            NDArray times = inputs.get("past_time")
                    .get(":, {}:", inputs.get("past_time").size(1) - CONTEXT + 1)
                    .concat(inputs.get("future_time"), 1);
            NDArray joined = lags(prior, sequence)
                    .concat(stretched, -1)
                    .concat(times, -1)
                    .concat(sequence.expandDims(-1), -1);
            NDArray states = pass.of(rnn, joined);
            NDArray mu = pass.of(mean, states).squeeze(-1);
            NDArray sigma = positive(pass.of(deviation, states)).squeeze(-1);
            NDArray nu = positive(pass.of(freedom, states)).add(2).squeeze(-1);
            mu.setName("mu");
            sigma.setName("sigma");
            nu.setName("nu");
            scale.setName("scale");
            NDList parameters = new NDList(mu, sigma, nu, scale);
            return new NDList(
                    parameters.get("mu"), parameters.get("sigma"), parameters.get("nu"), parameters.get("scale"));
        }

        private static NDArray scale(NDArray context, NDArray seen) {
            NDArray count = seen.sum(new int[] {1}, true);
            NDArray sum = context.abs().mul(seen).sum(new int[] {1}, true);
            NDArray own = sum.div(NDArrays.maximum(count, 1f));
            NDArray common = sum.sum(new int[] {0}).div(NDArrays.maximum(count.sum(new int[] {0}), 1f));
            NDArray chosen = NDArrays.where(sum.gt(sum.zerosLike()), own, common.mul(count.onesLike()));
            return NDArrays.maximum(1e-10f, chosen);
        }

        /** Returns the values of the series at each lag before each step. */
        private static NDArray lags(NDArray prior, NDArray sequence) {
            NDArray whole = prior.concat(sequence, 1);
            long length = whole.size(1);
            NDList lagged = new NDList();
            for (int lag : LAGS) {
                lagged.add(whole.get(":, {}:{}", length - sequence.size(1) - lag, length - lag));
            }
            return NDArrays.stack(lagged, -1);
        }

        private static NDArray positive(NDArray x) {
            return Activation.softPlus(x).add(1e-6f);
        }
    }

    /** The network of DJL's flappy bird, and an actor with its critic. */
    private static final class Player extends OwnBlock {
        private final Conv2d first = convolution("first", 4, 4, 3, 2);
        private final Conv2d second = convolution("second", 4, 4, 3, 2);
        private final Linear actor = linear("actor", 64, 3);
        private final Linear critic = linear("critic", 64, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = Activation.relu(
                    pass.of(second, Activation.relu(pass.of(first, inputs.head().div(255f)))));
            NDArray flat = x.flatten(1, -1);
            NDArray chances = pass.of(actor, flat).softmax(1);
            return new NDList(chances, pass.of(critic, flat), chances.argMax(1));
        }
    }

    /** TabNet's selection of columns by a sparse maximum, in two steps. */
    private static final class ColumnChoice extends OwnBlock {
        private final BatchNorm norm = layer("norm", BatchNorm.builder().build(), new Shape(1, 6));
        private final List<Linear> masks =
                IntStream.range(0, 2).mapToObj(i -> linear("mask" + i, 4, 6)).toList();
        private final List<Linear> steps =
                IntStream.range(0, 2).mapToObj(i -> linear("step" + i, 6, 8)).toList();
        private final ai.djl.nn.core.SparseMax sparse =
                layer("sparse", new ai.djl.nn.core.SparseMax(), new Shape(1, 6));
        private final Linear out = linear("out", 4, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = pass.of(norm, inputs.head());
            NDArray free = x.onesLike();
            NDArray sum = null;
            NDArray attention = x.get(":, :4");
            for (int i = 0; i < 2; i++) {
                NDArray mask = pass.of(sparse, pass.of(masks.get(i), attention).mul(free));
                free = free.mul(mask.neg().add(1.3));
                NDList halves = pass.of(steps.get(i), x.mul(mask)).split(2, 1);
                NDArray gated = halves.get(0).mul(Activation.sigmoid(halves.get(1)));
                attention = gated;
                sum = sum == null ? Activation.relu(gated) : sum.add(Activation.relu(gated));
            }
            return new NDList(pass.of(out, sum));
        }
    }

    private static Block discriminator() {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(4, 4))
                        .setFilters(4)
                        .optStride(new Shape(2, 2))
                        .optPadding(new Shape(1, 1))
                        .optBias(false)
                        .build())
                .addSingleton(x -> Activation.leakyRelu(x, 0.2f))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(1).build());
    }

    @TestFactory
    List<DynamicTest> networks() {
        dev.jzoo.onnx.DataType real = dev.jzoo.onnx.DataType.FLOAT;
        return new Cases(MANAGER)
                .network("matrix factorisation", MatrixFactorisation::new, USER, ITEM)
                .network("neural factorisation", NeuralFactorisation::new, USER, ITEM)
                .network("autoencoder of ratings", RecommendersTest::autoencoder, floats("batch", 9))
                .network("deep factorisation machine", DeepFactorisationMachine::new, input("fields", IDS, "batch", 3))
                .network(
                        "skip-gram",
                        SkipGram::new,
                        input("centre", IDS, "batch", 1),
                        input("context", IDS, "batch", "words"))
                .network("most alike of a table", RecommendersTest::mostAlike, floats("batch", 4))
                .network(
                        "DeepAR",
                        DeepAutoregression::new,
                        input("category", IDS, "batch"),
                        input("past_time", real, "batch", 9, 2),
                        input("past_target", real, "batch", 9),
                        input("past_observed", real, "batch", 9),
                        input("future_time", real, "batch", "steps", 2),
                        input("future_target", real, "batch", "steps"))
                .network("player", Player::new, floats("batch", 4, 16, 16))
                .network("choice of columns", ColumnChoice::new, floats("batch", 6))
                .network("discriminator", RecommendersTest::discriminator, floats("batch", 3, 8, 8))
                .tests();
    }

    /** PyTorch's engine of DJL has no transposed convolution, so a generator made of them does not run. */
    @Test
    void aGeneratorIsRefusedSinceTheEngineLacksItsLayer() {
        ValueInfo noise = floats("batch", 5, 1, 1);
        Block generator = new SequentialBlock()
                .add(Conv2dTranspose.builder()
                        .setKernelShape(new Shape(4, 4))
                        .setFilters(3)
                        .build());
        UnsupportedNetworkException e = assertThrows(
                UnsupportedNetworkException.class,
                () -> Cases.export(Cases.initialised(MANAGER, generator, 0, noise), noise));
        assertEquals(
                List.of("01Conv2dTranspose, deconvolution: the engine does not implement it (Not implemented)"),
                e.parts());
    }

    /**
     * It draws its code at random. The encoder alone, or the network with the random numbers as an input, can be
     * exported.
     */
    @Test
    void aVariationalAutoencoderIsRefusedSinceItDraws() {
        OwnBlock network = new OwnBlock() {
            private final Linear encoder = linear("encoder", 6, 4);
            private final Linear decoder = linear("decoder", 2, 6);

            @Override
            NDList compute(Pass pass, NDList inputs) {
                NDList code = pass.of(encoder, inputs.head()).split(2, 1);
                NDArray drawn = inputs.getManager().randomNormal(code.get(0).getShape(), DataType.FLOAT32);
                return new NDList(pass.of(
                        decoder, code.get(0).add(code.get(1).mul(0.5).exp().mul(drawn))));
            }
        };
        ValueInfo picture = floats("batch", 6);
        Cases.initialised(MANAGER, network, 0, picture);
        UnsupportedNetworkException e =
                assertThrows(UnsupportedNetworkException.class, () -> Cases.export(network, picture));
        assertTrue(e.getMessage().contains("randomNormal: it draws random numbers"), e.getMessage());
    }
}
