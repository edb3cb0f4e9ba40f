using System.Reflection;
using MediatR;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Access;

/// <summary>Lets pass who may ask. Roles are read each time, so that what changes of them holds at once.</summary>
public sealed class Gate<TAsk, TAnswer>(Store store) : IPipelineBehavior<TAsk, TAnswer>
    where TAsk : IAsk
    where TAnswer : IAnswer<TAnswer>
{
    private static readonly AllowedAttribute Allowed = typeof(TAsk).GetCustomAttribute<AllowedAttribute>() ?? new();

    /// <inheritdoc />
    public async Task<TAnswer> Handle(TAsk request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        var roles = await store.Read(book => book.RolesOf(request.As, Allowed.Everywhere ? "" : request.Clinic), cancellationToken);
        return Blinding.Counting(roles).Any(Allowed.Roles.Contains) ? await next()
            : TAnswer.Refused(Allowed.Everywhere ? Refusals.NotAllowedEverywhere(request.As, Allowed.Roles) : Refusals.NotAllowed(request.As, Allowed.Roles));
    }
}
