package dev.jzoo.djl;

import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooProvider;

/** Adds the zoo to DJL's, under the group {@value JZooRepository#GROUP}. */
public final class JZooProvider implements ZooProvider {

    @Override
    public ModelZoo getModelZoo() {
        return new JZooModelZoo();
    }
}
