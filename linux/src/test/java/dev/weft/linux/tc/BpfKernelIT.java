package dev.weft.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.testkit.KernelFeature;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BpfKernelIT {
    private static final List<BpfInstruction> PASS =
            List.of(BpfInstruction.move(0, Verdict.OK.value()), BpfInstruction.exit());

    @Test
    void program_attachedWithDirectAction_isWhatTcShowsAndOutlivesItsDescriptor() {
        KernelFeature.assumeMachineRoot("load BPF programs");
        try (Sandbox host = new Sandbox()) {
            int link = host.veth("web0", "eth0").index();
            new Qdiscs(host.socket()).create(QdiscRequest.clsact(link));
            Filters filters = new Filters(host.socket());
            try (BpfProgram program = BpfProgram.load(PASS, "Apache-2.0")) {
                filters.create(
                        FilterRequest.bpf(link, Handle.WAY_OUT, program.descriptor(), "weft"));
            }

            Filter read =
                    filters.list(FilterRequest.on(link, Handle.WAY_OUT)).stream()
                            .filter(row -> row.option(BpfAttributes.ID).isPresent())
                            .findFirst()
                            .orElseThrow();
            JsonObject shown =
                    new TcOracle(host)
                            .show("filter", "show", "dev", "web0", "egress")
                            .getLast()
                            .getAsJsonObject("options");
            assertThat(shown.get("bpf_name").getAsString())
                    .isEqualTo(read.option(BpfAttributes.NAME).orElseThrow());
            assertThat(shown.get("direct-action").getAsBoolean()).isTrue();
            assertThat(shown.getAsJsonObject("prog").get("id").getAsLong())
                    .isEqualTo(read.option(BpfAttributes.ID).orElseThrow());
            assertThat(shown.getAsJsonObject("prog").get("tag").getAsString())
                    .isEqualTo(read.option(BpfAttributes.TAG).orElseThrow().toString());
        }
    }

    @Test
    void load_ofAProgramWithoutResult_saysWhatTheVerifierSaid() {
        KernelFeature.assumeMachineRoot("load BPF programs");
        assertThatThrownBy(() -> BpfProgram.load(List.of(BpfInstruction.exit()), "GPL"))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("cannot load BPF program: EACCES")
                .hasMessageContaining("R0 !read_ok")
                .hasMessageNotContaining("run as root");
    }
}
