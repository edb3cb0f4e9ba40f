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
