# What the clinic judges stops the course, and what it judges otherwise takes it up again.
protocol: stopped
events:
  enough:
    when: tired
    then: stop the course
story:
plan from 2027-01-04
all is booked
rating[1] and dose[1] take place
the clinic judges: tired
the clinic judges: not tired
plan from 2027-01-05
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 dose[1]
> plan Mon 2027-01-11 09:00 rating[2]
> plan Mon 2027-01-11 09:30 dose[2]
> plan Mon 2027-01-18 09:00 rating[3]
> plan Mon 2027-01-18 09:30 dose[3]
> plan Mon 2027-02-01 09:00 follow-up[1]
> completed: rating[1], dose[1]
> tired: false
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 dose[1], stays
> plan Mon 2027-01-11 09:00 rating[2]
> plan Mon 2027-01-11 09:30 dose[2]
> plan Mon 2027-01-18 09:00 rating[3]
> plan Mon 2027-01-18 09:30 dose[3]
> plan Mon 2027-02-01 09:00 follow-up[1]
