namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>What the patient insists on holds.</summary>
internal static class PreferencesLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence) =>
        from visit in evidence.Free
        from wish in evidence.Request.Patient.Preferences
        where wish.Weight is null
        where Wishes.Breaks(evidence, wish, visit) > 0
        select new Breach([visit.Id], [], $"{Say.Visit(visit)} is not as the patient insists: {Wishes.Words(wish)}.");
}
