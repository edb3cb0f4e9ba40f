# A missed session comes at the end of a rhythm that fills its weeks with what they can still hold.
protocol: daily
events:
  missed:
    when missed: session
    then: shift the rest
story:
plan from 2027-01-04
all is booked
session[1] take place
session[2] is missed
plan from 2027-01-07
> plan Mon 2027-01-04 08:00 session[1]
> plan Wed 2027-01-06 08:00 session[2]
> plan Fri 2027-01-08 08:00 session[3]
> plan Mon 2027-01-11 08:00 session[4]
> plan Wed 2027-01-13 08:00 session[5]
> plan Fri 2027-01-15 08:00 session[6]
> plan Mon 2027-01-18 08:00 session[7]
> completed: session[1]
> missed: session[2]
> applied: missed 1 time
> asked besides: three-a-week-from-session-2, three-a-week-before-session-2
> plan Mon 2027-01-04 08:00 session[1], stays
> plan Fri 2027-01-08 08:00 session[2]
> plan Mon 2027-01-11 08:00 session[3]
> plan Wed 2027-01-13 08:00 session[4]
> plan Fri 2027-01-15 08:00 session[5]
> plan Mon 2027-01-18 08:00 session[6]
> plan Wed 2027-01-20 08:00 session[7]
