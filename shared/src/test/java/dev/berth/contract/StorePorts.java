package dev.berth.contract;

import dev.berth.port.Games;
import dev.berth.port.Hosts;
import dev.berth.port.LogPruning;
import dev.berth.port.OperationLog;

/** An implementation of everything that is kept in tables. */
public record StorePorts(Games games, Hosts hosts, OperationLog log, LogPruning pruning, HandClock clock) {}
