package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexBooleans;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.dim.NDIndexFixed;
import ai.djl.ndarray.index.dim.NDIndexNull;
import ai.djl.ndarray.index.dim.NDIndexPick;
import ai.djl.ndarray.index.dim.NDIndexSlice;
import ai.djl.ndarray.index.dim.NDIndexTake;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A part of an index: "0", "1:", ":", "...", "null", or a tensor. */
public sealed interface IndexPart {

    /** A single position; removes the axis. */
    record SinglePosition(long position) implements IndexPart {}

    /** The positions from min to max; null for an open end. */
    record Slice(Long min, Long max, Long step) implements IndexPart {}

    /** A whole axis. */
    record All() implements IndexPart {}

    /** A new axis of size 1. */
    record NewAxis() implements IndexPart {}

    /** All remaining axes, whole. */
    record Ellipsis() implements IndexPart {}

    /** The positions in a tensor of integers. */
    record Take(RecordedTensor positions) implements IndexPart {}

    /** The positions at which a tensor of booleans is true. */
    record Mask(RecordedTensor mask) implements IndexPart {}

    /** One position of the axis for each position of the axes before it. */
    record Pick(RecordedTensor positions) implements IndexPart {}

    /** Returns the parts of an index. */
    static List<IndexPart> of(NDIndex index, Function<NDArray, RecordedTensor> traced) {
        List<IndexPart> parts = new ArrayList<>();
        for (int i = 0; i < index.getIndices().size(); i++) {
            if (i == index.getEllipsisIndex()) {
                parts.add(new Ellipsis());
            }
            parts.add(part(index.get(i), traced));
        }
        if (index.getIndices().size() == index.getEllipsisIndex()) {
            parts.add(new Ellipsis());
        }
        return parts;
    }

    private static IndexPart part(NDIndexElement element, Function<NDArray, RecordedTensor> traced) {
        if (element instanceof NDIndexFixed fixed) {
            return new SinglePosition(fixed.getIndex());
        } else if (element instanceof NDIndexSlice slice) {
            return new Slice(slice.getMin(), slice.getMax(), slice.getStep());
        } else if (element instanceof NDIndexNull) {
            return new NewAxis();
        } else if (element instanceof NDIndexTake take) {
            return new Take(traced.apply(take.getIndex()));
        } else if (element instanceof NDIndexBooleans mask) {
            return new Mask(traced.apply(mask.getIndex()));
        } else if (element instanceof NDIndexPick pick) {
            return new Pick(traced.apply(pick.getIndex()));
        }
        return new All();
    }

    /** Returns the same index with other arrays. */
    static NDIndex with(NDIndex index, Function<NDArray, NDArray> other) {
        NDIndex copy = new NDIndex();
        List<NDIndexElement> elements = index.getIndices();
        for (int i = 0; i < elements.size(); i++) {
            if (i == index.getEllipsisIndex()) {
                copy.addEllipseDim();
            }
            NDIndexElement element = elements.get(i);
            if (element instanceof NDIndexTake take) {
                element = new NDIndexTake(other.apply(take.getIndex()));
            } else if (element instanceof NDIndexBooleans mask) {
                element = new NDIndexBooleans(other.apply(mask.getIndex()));
            } else if (element instanceof NDIndexPick pick) {
                element = new NDIndexPick(other.apply(pick.getIndex()));
            }
            copy.addAllDim();
            copy.getIndices().set(i, element);
        }
        if (elements.size() == index.getEllipsisIndex()) {
            copy.addEllipseDim();
        }
        return copy;
    }
}
