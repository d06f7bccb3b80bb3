package dev.weft.cli.lab;

import java.util.List;
import java.util.Optional;

/// A lab as data: what is built, and what is then tried. Texts are looked up by its name.
///
/// @param name what the operator types
/// @param plan what builds it, in order
/// @param situations what is tried on it, in order
record Lab(String name, List<Operation> plan, List<Situation> situations) {
    Lab {
        plan = List.copyOf(plan);
        situations = List.copyOf(situations);
    }

    /// Every lab there is.
    static List<Lab> all() {
        return List.of(BridgeLab.LAB, VethLab.LAB, RouterLab.LAB, MacvlanLab.LAB);
    }

    static Optional<Lab> find(String name) {
        return all().stream().filter(lab -> lab.name.equals(name)).findFirst();
    }
}
