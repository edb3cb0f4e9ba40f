using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning;

/// <summary>What can be wrong with a request although each of its files is right: wishes and authorisations that concern nothing.</summary>
public static class RequestChecks
{
    /// <summary>Whether any window counts from enrolment, so that its day makes a difference.</summary>
    public static bool CountsFromEnrolment(Protocol protocol) => protocol.Rules.Any(r => r switch
    {
        Rule.Window window => window.Anchor is Anchor.Enrolment || window.Fallback is Anchor.Enrolment,
        Rule.HourWindow window => window.Anchor is Anchor.Enrolment || window.Fallback is Anchor.Enrolment,
        _ => false,
    });

    /// <summary>The mistakes of a request, placed in the patient's file.</summary>
    /// <param name="request">The request.</param>
    /// <param name="protocol">The protocol with all its parts: wishes may be about visits that this patient does not have.</param>
    /// <param name="patientFile">The name to use in diagnostics.</param>
    public static IEnumerable<Diagnostic> Of(PlanningRequest request, Protocol protocol, string patientFile)
    {
        var (clinic, patient) = (request.Clinic, request.Patient);
        string[] types = [.. protocol.VisitTypes.Select(t => t.Id)];
        foreach (var wish in patient.Preferences)
        {
            var at = wish.Where ?? SourceSpan.Whole(patientFile);
            foreach (var type in wish.VisitTypes.Where(t => !types.Contains(t)))
            {
                yield return Messages.PreferenceForUnknownVisitType(at, patient.Id, type, types);
            }

            var role = wish switch { Preference.Person person => person.Role, Preference.OfSex sex => sex.Role, _ => null };
            string[] roles = [.. protocol.VisitTypes.Where(t => wish.VisitTypes.IsEmpty || wish.VisitTypes.Contains(t.Id)).SelectMany(t => t.Needs).Select(n => n.Role).Distinct()];
            if (role is not null && !roles.Contains(role))
            {
                yield return Messages.PreferenceForUnknownRole(at, patient.Id, role, roles);
            }
            else if (wish is Preference.Person named)
            {
                string[] people = [.. clinic.Resources.Where(r => r.Kind == ResourceKind.Person && r.Roles.Contains(named.Role)).Select(r => r.Id)];
                if (!people.Contains(named.Resource))
                {
                    yield return Messages.PreferenceForUnknownPerson(at, patient.Id, named.Resource, named.Role, people);
                }
            }
        }

        foreach (var authorisation in patient.Authorisations)
        {
            foreach (var type in authorisation.VisitTypes.Where(t => !types.Contains(t)))
            {
                yield return Messages.AuthorisationOfUnknownVisitType(authorisation.Where ?? SourceSpan.Whole(patientFile), patient.Id, type, types);
            }
        }

        foreach (var type in request.Protocol.VisitTypes.Where(t => t.NeedsAuthorisation && !patient.Authorisations.Any(a => a.VisitTypes.Contains(t.Id))))
        {
            yield return Messages.NothingAuthorised(SourceSpan.Whole(patientFile), patient.Id, type.Id);
        }
    }
}
