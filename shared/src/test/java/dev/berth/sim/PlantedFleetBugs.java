package dev.berth.sim;

import dev.berth.model.Fence;
import dev.berth.model.GameId;
import dev.berth.model.Host;
import dev.berth.model.HostId;
import dev.berth.model.HostNotes;
import dev.berth.model.HostState;
import dev.berth.model.Job;
import dev.berth.model.ReconcileJob;
import dev.berth.model.RuntimeStatus;
import dev.berth.model.TraceHeader;
import dev.berth.port.Bound;
import dev.berth.port.Commit;
import dev.berth.port.Container;
import dev.berth.port.Hosts;
import dev.berth.port.JobQueues;
import dev.berth.port.Lease;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Mistakes in how hosts are kept and reconciled, and in what is done on a schedule. */
final class PlantedFleetBugs {
    private PlantedFleetBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                // --- what is known of hosts ---
                PlantedBug.inHosts("a silent host counts as given up", SilentIsGivenUp::new),
                read("every host counts as given up", host -> noted(host, notes -> notes.withGivenUp(true))),
                read(
                        "an operator's word is not read",
                        host -> noted(host, notes -> notes.withGivenUp(false).withDrain(Optional.empty()))),
                changed(
                        "an operator's word counts for ever",
                        (before, after) -> after.with(
                                after.state(),
                                after.notes()
                                        .withGivenUp(before.notes().givenUp()
                                                || after.notes().givenUp()))),
                changed(
                        "that a host is drained is not written",
                        (_, after) -> after.with(
                                after.state() == HostState.DRAINED ? HostState.DRAINING : after.state(),
                                after.notes())),
                changed(
                        "what was missing stays missing",
                        (before, after) -> after.with(
                                after.state(), after.notes().withMissing(together(before.notes(), after.notes())))),
                changed(
                        "a move that failed is forgotten",
                        (_, after) -> noted(
                                after,
                                notes -> notes.withDrain(notes.drain().map(drain -> drain.withFailed(Map.of()))))),
                changed(
                        "what cannot leave is not told",
                        (_, after) -> noted(
                                after,
                                notes -> notes.withDrain(notes.drain().map(drain -> drain.withBlocked(Map.of()))))),
                PlantedBug.inHosts("what others changed of a host is overwritten", right -> new OtherHosts(right) {
                    @Override
                    public boolean change(Host seen, HostState state, HostNotes notes) {
                        return right.read(seen.id())
                                .filter(now -> right.change(now, state, notes))
                                .isPresent();
                    }
                }),
                // --- what is known of games ---
                bound("running games are not found by their host", game -> game.status() != RuntimeStatus.RUNNING),
                PlantedBug.inGames("what is open is never due", (games, world) -> new OtherGames(games) {
                    @Override
                    public List<GameId> due(Instant now, int limit) {
                        return right.due(now, limit).stream()
                                .filter(game -> right.find(game)
                                        .filter(known -> known.deployment().isEmpty())
                                        .isPresent())
                                .toList();
                    }
                }),
                PlantedBug.inStore("a touch forgets what is due", ForgetfulOfDue::new),
                PlantedBug.inGames(
                        "the place of what is adopted is not taken", (games, world) -> new OtherGames(games) {
                            @Override
                            public boolean commit(Lease lease, Commit c) {
                                return right.commit(lease, withoutTaken(c));
                            }
                        }),
                PlantedBug.inGames("what is adopted keeps its higher fence", (games, world) -> new OtherGames(games) {
                    @Override
                    public Lease raise(Lease lease, Fence above) {
                        return lease;
                    }
                }),
                // --- what hosts list ---
                listed(
                        "what does not run is not listed",
                        (there, _) -> there.state().live() ? Optional.of(there) : Optional.empty()),
                listed("some of our labels are enough", (there, stack) -> Optional.of(labelled(there, stack))),
                PlantedBug.inHost("what is surplus runs on", (host, world) -> new OtherHost(host) {
                    @Override
                    public boolean rename(String id, String name) {
                        boolean renamed = right.rename(id, name);
                        if (name.contains(".quarantine-")) {
                            right.start(id);
                        }
                        return renamed;
                    }
                }),
                // --- what is done on a schedule ---
                sent("what is due is not sent", jobs -> List.of(), looks -> looks),
                sent(
                        "only the first host is looked at",
                        jobs -> jobs,
                        looks -> looks.stream().limit(1).toList()));
    }

    /** To those who ask; what is written of it is what an operator said. */
    private static final class SilentIsGivenUp extends OtherHosts {
        SilentIsGivenUp(Hosts right) {
            super(right);
        }

        @Override
        Host seen(Host host) {
            boolean silent = host.notes().silentSince().isPresent();
            return noted(host, notes -> notes.withGivenUp(notes.givenUp() || silent));
        }

        @Override
        public boolean change(Host seen, HostState state, HostNotes notes) {
            boolean said =
                    right.read(seen.id()).filter(host -> host.notes().givenUp()).isPresent();
            return right.change(seen, state, notes.withGivenUp(said && notes.givenUp()));
        }
    }

    private static PlantedBug read(String name, UnaryOperator<Host> wrong) {
        return PlantedBug.inHosts(name, right -> new OtherHosts(right) {
            @Override
            Host seen(Host host) {
                return wrong.apply(host);
            }
        });
    }

    /** @param wrong of the host as it was seen, and as it is to be */
    private static PlantedBug changed(String name, BinaryOperator<Host> wrong) {
        return PlantedBug.inHosts(name, right -> new OtherHosts(right) {
            @Override
            public boolean change(Host seen, HostState state, HostNotes notes) {
                Host other = wrong.apply(seen, seen.with(state, notes));
                return right.change(seen, other.state(), other.notes());
            }
        });
    }

    private static Host noted(Host host, UnaryOperator<HostNotes> change) {
        return host.with(host.state(), change.apply(host.notes()));
    }

    private static Map<GameId, Instant> together(HostNotes before, HostNotes after) {
        Map<GameId, Instant> all = new HashMap<>(after.missing());
        all.putAll(before.missing());
        return all;
    }

    private static PlantedBug bound(String name, Predicate<Bound> found) {
        return PlantedBug.inGames(name, (games, world) -> new OtherGames(games) {
            @Override
            public List<Bound> boundTo(HostId host, int limit) {
                return right.boundTo(host, limit).stream().filter(found).toList();
            }
        });
    }

    private static Commit withoutTaken(Commit c) {
        return new Commit(
                c.entry(),
                c.record(),
                c.spec(),
                c.lastRequestedAt(),
                c.claim(),
                c.givenBack(),
                List.of(),
                c.keepLease(),
                c.deployment(),
                c.dueAt());
    }

    /** What becomes of a container of a list, in a stack. */
    private interface Listing {
        Optional<Container> of(Container there, String stack);
    }

    private static PlantedBug listed(String name, Listing wrong) {
        return PlantedBug.inHost(name, (host, world) -> new OtherHost(host) {
            @Override
            public List<Container> list(Map<String, String> labels) {
                return right.list(labels).stream()
                        .flatMap(there -> wrong.of(there, world.stack()).stream())
                        .toList();
            }
        });
    }

    private static Container labelled(Container there, String stack) {
        return Optional.ofNullable(there.labels().get("berth.game"))
                .map(game -> {
                    Map<String, String> labels = new HashMap<>(People.labels(new GameId(game), "1"));
                    labels.put("berth.owner", stack);
                    return PlantedEngineBugs.seen(there, labels, there.state());
                })
                .orElse(there);
    }

    private static PlantedBug sent(String name, UnaryOperator<List<Job>> due, UnaryOperator<List<ReconcileJob>> looks) {
        return new PlantedBug(name, new Setup() {
            @Override
            public JobQueues queues(JobQueues right) {
                return new JobQueues() {
                    @Override
                    public void send(List<Job> jobs, Optional<TraceHeader> trace) {
                        right.send(due.apply(jobs), trace);
                    }

                    @Override
                    public void sendReconciles(List<ReconcileJob> jobs, Optional<TraceHeader> trace) {
                        right.sendReconciles(looks.apply(jobs), trace);
                    }
                };
            }
        });
    }

    private static final class ForgetfulOfDue extends StoreModel {
        @Override
        boolean touch(GameId game, Instant at) {
            boolean runs = super.touch(game, at);
            Optional.ofNullable(games().get(game)).ifPresent(row -> row.dueAt = Optional.empty());
            return runs;
        }
    }
}
