using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols;

/// <content>What of a protocol concerns one patient.</content>
public sealed partial record Protocol
{
    /// <summary>The protocol with only the visits of an arm and of the streams that a patient chose, and with what its rules say about those.</summary>
    /// <remarks>Of a blinded protocol all arms have the same visits, so that the answer does not depend on the arm.</remarks>
    /// <param name="arm">The patient's arm; null is a mistake only where some visits are in one arm alone.</param>
    /// <param name="streams">The streams that the patient chose.</param>
    /// <param name="file">The name to use in diagnostics; the protocol's id unless stated.</param>
    public Read<Protocol> For(string? arm, IEnumerable<string> streams, string? file = null)
    {
        var (bag, at, chosen) = (new DiagnosticBag(), file ?? Id, streams.ToHashSet(StringComparer.Ordinal));
        string[] arms = [.. Arms.Select(a => a.Id)];
        if (arm is not null && !arms.Contains(arm))
        {
            bag.Add(arms.Length == 0 ? Messages.NoArms(at, arm) : Messages.NoSuchArm(at, arm, arms));
        }
        else if (arm is null && VisitTypes.FirstOrDefault(t => t.Arm is not null) is { } type)
        {
            bag.Add(Messages.ArmMissing(at, type.Id, arms));
        }

        string[] known = [.. Streams.Select(s => s.Id)];
        foreach (var stream in chosen.Where(s => !known.Contains(s)).Order(StringComparer.Ordinal))
        {
            bag.Add(known.Length == 0 ? Messages.NoStreams(at, stream) : Messages.NoSuchStream(at, stream, known));
        }

        var protocol = ProtocolParts.Of(this, t => (t.Arm is not null && t.Arm != arm) || (t.Stream is not null && !chosen.Contains(t.Stream)));
        if (!bag.HasErrors && protocol.Visits.IsEmpty)
        {
            bag.Add(Messages.NoVisitsLeft(at));
        }

        return Read<Protocol>.From(protocol with { Streams = [.. Streams.Where(s => chosen.Contains(s.Id))] }, bag);
    }
}
