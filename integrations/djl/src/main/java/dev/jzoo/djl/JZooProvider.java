package dev.jzoo.djl;

import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooProvider;

/** A provider that adds the zoo to DJL's zoos, under the group {@value JZooRepository#GROUP}. */
public final class JZooProvider implements ZooProvider {

    @Override
    public ModelZoo getModelZoo() {
        return new JZooModelZoo();
    }
}
